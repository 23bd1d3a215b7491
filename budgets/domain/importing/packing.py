"""Rows as plain values, and many of them as compressed parts: how they are kept, and how a child hands them over."""

import json
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.domain.importing.rows import Problem, Row

LARGEST_PART = 300_000
"""Bytes of one part of a file; an item may have 400 KB."""
LINES_AT_ONCE = 4_000


def packed(rows: Sequence[Any]) -> Iterator[bytes]:
    """The rows as compressed JSON, in parts that a store takes."""
    for start in range(0, len(rows), LINES_AT_ONCE):
        waiting = [rows[start : start + LINES_AT_ONCE]]
        while waiting:
            some = waiting.pop()
            part = zlib.compress(json.dumps(some, ensure_ascii=False, separators=(",", ":")).encode())
            if len(part) > LARGEST_PART and len(some) > 1:
                half = len(some) // 2
                waiting += [some[half:], some[:half]]
            else:
                yield part


def unpacked(part: bytes) -> list[Any]:
    """The rows in one part, each a list."""
    rows: list[Any] = json.loads(zlib.decompress(part))
    return rows


def list_of(row: Row) -> list[Any]:
    """A row as plain values, in the order in which they are kept."""
    return [
        row.number,
        row.state,
        "" if row.day is None else row.day.isoformat(),
        str(row.amount),
        row.category,
        row.description,
        row.merchant,
        row.key,
        row.expense_id,
        [[problem.field, problem.reason] for problem in row.problems],
        row.text,
    ]


def row_of(found: list[Any]) -> Row:
    """The row of these values."""
    number, state, day, amount, category, description, merchant, key, expense_id, problems, text = found
    return Row(
        number=number,
        state=state,
        day=date.fromisoformat(day) if day else None,
        amount=Decimal(amount),
        category=category,
        description=description,
        merchant=merchant,
        key=key,
        expense_id=expense_id,
        problems=tuple(Problem(field, reason) for field, reason in problems),
        text=text,
    )
