"""What a rule of agreement is given, and what it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from core.storage.operations import Item
from core.storage.schema import Table


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Rows that cannot both be right.

    `row` is the `row_name` of the one at fault, `detail` says what is in it. Where two figures differ, `figure` is the
    name of the one stored and `difference` by how much: a real fault stays the same amount while others write, a row
    that was read half-way does not.
    """

    username: str
    row: str
    detail: str
    figure: str = ""
    difference: Decimal | None = None
    rule: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What stays the same when the same fault is found again."""
        return self.rule, self.username, self.row, self.figure or self.detail, self.difference

    def __str__(self) -> str:
        return "  ".join(part for part in (self.username or "-", self.rule, f"{self.row}: {self.detail}") if part)


def row_name(table: Table, key: Mapping[str, Any]) -> str:
    """How `Disagreement.row` names a row: its table and its key, without the username that is shown beside it.

    key: the row itself, or as much of its key as is named: `row_name(PORTFOLIOS, {"entry": "BALANCE"})`.
    """
    names = [name for name in table.key_names if name != "username"] or table.key_names
    return " ".join((table.name, *(str(key[name]) for name in names)))


def compared(username: str, row: str, figure: str, said: Decimal, by: str, found: Decimal) -> list[Disagreement]:
    """The disagreement of a figure in a row with the same figure found in another way; none where they are equal.

    `by` introduces the one found: "the ledger adds up to".
    """
    if said == found:
        return []
    return [Disagreement(username, row, f"{figure} is {said}, {by} {found}", figure, said - found)]


@dataclass(frozen=True, slots=True)
class Account:
    """Every row of one username, by the name of its table, in the order of the sort key.

    `exists` says whether there is an account of this name. Under Outbox are the user's events, waiting or given up;
    under Reservations those of the user's addresses. `now` is when they were read, wall time.
    """

    username: str
    rows: Mapping[str, Sequence[Item]]
    now: datetime
    exists: bool

    def of(self, table: Table) -> Sequence[Item]:
        """The rows of one table."""
        return self.rows.get(table.name, ())


AccountRule = Callable[[Account], Iterable[Disagreement]]
"""A pure function that finds what disagrees among the rows of one account."""

Stream = Callable[[Table], Iterator[Item]]
"""Every row of a table, streamed, in no order."""

StoreRule = Callable[[Stream, datetime], Iterable[Disagreement]]
"""A function that finds what disagrees between rows of many accounts, or of none; given the time now."""
