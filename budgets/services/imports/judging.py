"""What the rows of a file are beside what is stored: new, there already, or like something entered by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from budgets.domain.importing.rows import Row
from budgets.repositories import imports
from budgets.selectors.expenses import expenses_every
from core.reading import many


def judged(username: str, rows: Sequence[Row]) -> list[Row]:
    """The rows of a file beside what the user has.

    One request for each 100 rows, and one for each 1 MB of expenses between the first and the last day of the file.
    """
    known = keys_known(username, [row.key for row in rows if row.key])
    rows = [row.found_again("duplicate", known[row.key]) if row.key in known else row for row in rows]
    return _beside_entered(username, rows)


def keys_known(username: str, keys: Sequence[str]) -> dict[str, str]:
    """Of these keys those that are there, with the expense that each became; 1 request for each 100."""
    wanted = list(dict.fromkeys(keys))
    items = many([imports.key_address(username, key) for key in wanted])
    return {key: item["expense_id"] for key, item in zip(wanted, items, strict=True) if item}


def _beside_entered(username: str, rows: Sequence[Row]) -> list[Row]:
    """The rows, those marked that have the day and amount of an expense entered by hand; each such expense once."""
    days = [row.day for row in rows if row.state in ("new", "credit") and row.day is not None]
    if not days:
        return list(rows)
    entered: defaultdict[tuple[date | None, Decimal], list[str]] = defaultdict(list)
    for expense in expenses_every(username, since=min(days), until=max(days)):
        if expense.import_id is None:
            entered[expense.day, expense.amount].append(expense.expense_id)
    found: list[Row] = []
    for row in rows:
        same = entered.get((row.day, row.amount)) if row.state in ("new", "credit") else None
        found.append(row.found_again("alike", same.pop()) if same else row)
    return found
