"""Wrong rows of imports."""

from decimal import Decimal
from typing import Any

from core import clock
from core.accounts.selectors import user_get
from core.storage import Store
from tests.budgets.importing.builders import confirmed, uploaded
from tests.reconciling.books import lose, rows, spoil
from tests.reconciling.planting import Plant, Planted, changed, changed_by, doubled

DONE = {"entry": "IMPORT#*", "status": "done"}
UNDONE = {"entry": "IMPORT#*", "status": "undone"}
RUNNING = {"entry": "IMPORT#*", "status": "running"}
DRAFT = {"entry": "IMPORT#*", "status": "preview"}
MARK = {"entry": "KEY#*"}
IMPORTED = {"merchant": "Baker 6"}
LONG_AGO = "2020-01-01T00:00:00.000Z"


def mark_of(merchant: str, plant: str) -> Plant:
    """Do something to the mark of an expense: lose it, or let it name another import or expense."""

    def planted(opened: Store) -> None:
        [expense] = rows(opened, "Expenses", merchant=merchant)
        [mark] = rows(opened, "Imports", entry="KEY#*", expense_id=expense["expense_id"])
        [other] = rows(opened, "Imports", **UNDONE)
        match plant:
            case "lost":
                lose("Imports", mark)
            case "of another import":
                spoil("Imports", mark, import_id=other["import_id"])
            case "of no import":
                spoil("Imports", mark, import_id="gone")

    return planted


def without_trash(opened: Store) -> None:
    """Take away the trace of the imported expense that was deleted by hand."""
    marked = {mark["expense_id"] for mark in rows(opened, "Imports", **MARK)}
    [row] = [row for row in rows(opened, "Trash") if row["entry"].partition("#")[2] in marked]
    lose("Trash", row)


def while_running(**values: Any) -> Plant:
    """Set attributes of an import that was confirmed just now."""

    def plant(opened: Store) -> None:
        user = user_get("alice")
        confirmed(user, uploaded(user, f"{clock.now():%Y-%m-%d},Grocer,-9.99\n"))
        spoil("Imports", rows(opened, "Imports", **RUNNING)[0], **values)

    return plant


def without_rows(opened: Store) -> None:
    """Take away the rows of the import that is to be confirmed."""
    [draft] = rows(opened, "Imports", **DRAFT)
    [part] = rows(opened, "Imports", entry=f"PLAN#{draft['plan']}*")
    lose("Imports", part)


PLANTED: list[Planted] = [
    ("a mark lost", "marks_stand_for_expenses", "came by an import, and no mark names it", mark_of("Baker 6", "lost")),
    ("a mark of another import", "marks_stand_for_expenses", "which is of the import",
     mark_of("Baker 6", "of another import")),
    ("a mark of no import", "marks_stand_for_expenses", "is of the import gone, which is not there",
     mark_of("Baker 6", "of no import")),
    ("a mark twice", "marks_stand_for_expenses", "as another mark does",
     doubled("Imports", "entry", has=MARK)),
    ("a mark without its expense", "marks_stand_for_expenses", "is neither there nor deleted by hand", without_trash),
    ("an expense of an import alone", "marks_stand_for_expenses", "came by an import, and no mark names it",
     doubled("Expenses", "expense_id", has=IMPORTED)),
    ("a count of what was added", "imports_are_as_far_as_they_say", "added less removed is 4, its marks are 3",
     changed_by("Imports", has=DONE, added="1", total="1")),
    ("an import done too early", "imports_are_as_far_as_they_say", "is in done, and has done 3 of 4 rows",
     changed_by("Imports", has=DONE, total="1")),
    ("a draft that has done something", "imports_are_as_far_as_they_say", "is in preview, and has done 1 rows",
     changed_by("Imports", has=DRAFT, doubled="1")),
    ("an undo of more than there was", "imports_are_as_far_as_they_say", "removed 2 and left 7 of 3",
     changed("Imports", has=UNDONE, kept_count=Decimal(7))),
    ("an import that no schedule finds", "imports_are_as_far_as_they_say", "is in running, work is None",
     while_running(work=None)),
    ("an import that expires", "imports_are_as_far_as_they_say", "is in done, ttl is",
     changed("Imports", has=DONE, ttl=Decimal(clock.to_seconds(clock.now())))),
    ("an import that no worker is at", "imports_are_as_far_as_they_say", "no worker has been at it since 2020",
     while_running(updated_at=LONG_AGO)),
    ("rows of an import lost", "rows_of_imports_are_there", "rows is 2, those kept are 0", without_rows),
]  # fmt: skip
