"""How many rows go into one transaction."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from budgets.domain.importing.rows import Row
from core.periods import Month

MOST_WRITES = 95
"""Of the 100 that a transaction may have."""
FEW_WRITES = 10
"""For a server that takes no more."""
OTHER_WRITES = 5
"""Beside rows and months: the import, the budgets, the account, the event, and the count of rows."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows that are worked in one step, and the place in the plan after them."""

    rows: tuple[Row, ...]
    end: int


def next_batch(
    rows: Sequence[Row], start: int, takes: Callable[[Row], bool], *, most_writes: int, most_rows: int
) -> Batch:
    """The next rows of the plan for one transaction: two writes each, and one for each of their months."""
    taken: list[Row] = []
    months: set[Month] = set()
    for place in range(start, len(rows)):
        row = rows[place]
        if not takes(row) or row.day is None:
            continue
        with_it = months | {Month.of(row.day)}
        is_too_much = 2 * (len(taken) + 1) + len(with_it) + OTHER_WRITES > most_writes
        if taken and (is_too_much or len(taken) == most_rows):
            return Batch(tuple(taken), place)
        taken.append(row)
        months = with_it
    return Batch(tuple(taken), len(rows))
