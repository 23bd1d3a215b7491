"""One import: its status, its progress, and what the user chose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal

from budgets.domain.budget import Crossing
from budgets.domain.importing.layout import Layout
from budgets.domain.importing.rows import DUPLICATE, POSSIBLE_DUPLICATE, Row, State
from core import ids

DRAFT_KEPT = timedelta(days=7)
"""How long an import that nobody confirms is kept."""
UNDO_KEPT = timedelta(days=30)
"""How long after its confirmation an import can be undone."""
PLAN_KEPT = DRAFT_KEPT + UNDO_KEPT + timedelta(days=3)
"""How long the rows of a plan are kept."""
MOST_NAMED = 100
"""Expenses that an undo kept, and rows refused at the last moment, that are named; the others are counted."""

Credits = Literal["skip", "refund"]
PossibleDuplicates = Literal["leave", "add"]
CREDITS: tuple[Credits, ...] = ("skip", "refund")
POSSIBLE_DUPLICATES: tuple[PossibleDuplicates, ...] = ("leave", "add")


class Status(StrEnum):
    """How far an import is."""

    MAPPING = "mapping"
    PREVIEW = "preview"
    RUNNING = "running"
    STOPPED = "stopped"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"

    @property
    def is_draft(self) -> bool:
        """Nothing was added yet, and everything can still be chosen."""
        return self in (Status.MAPPING, Status.PREVIEW)

    @property
    def is_open(self) -> bool:
        """It is neither done nor undone, and counts among the open imports of its user."""
        return self.is_draft or self in (Status.RUNNING, Status.STOPPED)

    @property
    def is_worked(self) -> bool:
        """A worker is at it, or will be."""
        return self in (Status.RUNNING, Status.UNDOING)


@dataclass(frozen=True, slots=True)
class Choices:
    """What becomes of credits and possible duplicates.

    credits: passed over, or taken as refunds. possible_duplicates: rows that look like an expense entered by hand are
    left out, or added all the same; `include` are the numbers, rising, of those that are added in any case.
    """

    credits: Credits = "skip"
    possible_duplicates: PossibleDuplicates = "leave"
    include: tuple[int, ...] = ()

    def takes(self, row: Row) -> bool:
        """Whether the row becomes an expense."""
        if row.state in (DUPLICATE, "error") or (row.is_credit and self.credits == "skip"):
            return False
        if row.state != POSSIBLE_DUPLICATE or self.possible_duplicates == "add":
            return True
        place = bisect_left(self.include, row.number)  # there may be thousands of both
        return self.include[place : place + 1] == (row.number,)

    def count(self, rows: Sequence[Row]) -> int:
        """How many of the rows become expenses."""
        return sum(self.takes(row) for row in rows)


@dataclass(frozen=True, slots=True)
class Import:
    """One import of one user.

    header: names of the file's columns. rows: how many it has. counts: rows by state, once the file could be read.
    plan: the id under which the rows are kept as they will be added. position: rows of the plan that are done.
    total: expenses that it is to add. added, duplicates, refused: rows that became expenses, that another import had
    added in the meantime, and that could not be added any more (`refusals` names some of them with the reason).
    removed: expenses that an undo removed, kept: ids of those that were changed by hand and stay, kept_count: how many
    they are. crossed: thresholds of budgets that the import crossed. sheet: the id under which the file is kept, empty
    where that is the import's own. stopped_by: while it is stopped, the code of the quota that stopped it.
    """

    username: str
    import_id: str
    file_name: str
    digest: str
    status: Status
    header: tuple[str, ...]
    rows: int
    layout: Layout
    created_at: datetime
    updated_at: datetime
    sheet: str = ""
    plan: str = ""
    counts: Mapping[State, int] = field(default_factory=dict)
    choices: Choices = Choices()
    position: int = 0
    total: int = 0
    added: int = 0
    duplicates: int = 0
    refused: int = 0
    refusals: tuple[tuple[int, str], ...] = ()
    removed: int = 0
    kept: tuple[str, ...] = ()
    kept_count: int = 0
    crossed: tuple[Crossing, ...] = ()
    confirmed_at: datetime | None = None
    finished_at: datetime | None = None
    undone_at: datetime | None = None
    stopped_by: str = ""
    version: int = 0

    @property
    def expires_at(self) -> datetime | None:
        """When it expires unless it is confirmed; None where it stays."""
        return self.created_at + DRAFT_KEPT if self.status.is_draft else None

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be undone; None where there is nothing to undo."""
        return None if self.confirmed_at is None else self.confirmed_at + UNDO_KEPT

    @property
    def behind(self) -> int:
        """How many rows the worker has added or removed so far."""
        if self.status in (Status.UNDOING, Status.UNDONE):
            return self.removed + self.kept_count
        return self.added + self.duplicates + self.refused

    @property
    def goal(self) -> int:
        """What `behind` is once the worker is done; less where expenses were deleted by hand before an undo."""
        return self.added if self.status in (Status.UNDOING, Status.UNDONE) else self.total

    def is_over(self, now: datetime) -> bool:
        """Whether its time is over, though the row may still be there."""
        return self.expires_at is not None and self.expires_at <= now

    def can_be_undone(self, now: datetime) -> bool:
        """Whether what it added can still be removed as a whole, or what it had not added yet still be added."""
        return self.status in (Status.DONE, Status.STOPPED) and self.undo_until is not None and now < self.undo_until

    def expense_id(self, row: Row) -> str:
        """The id of the expense that a row becomes: the same each time, so that a repeated step adds it once."""
        assert self.confirmed_at is not None
        return ids.derived_id(self.confirmed_at, self.import_id, str(row.number))

    def planned(self, plan: str, counts: Mapping[State, int]) -> Import:
        """The import with this plan, ready to be confirmed."""
        return replace(self, status=Status.PREVIEW, plan=plan, counts=counts)

    def after(self, now: datetime, **changed: Any) -> Import:
        """The import with some fields changed, now."""
        return replace(self, updated_at=now, version=self.version + 1, **changed)
