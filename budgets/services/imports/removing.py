"""One step of undoing an import."""

from __future__ import annotations

from budgets.domain.batch import BatchResult
from budgets.domain.importing.record import MOST_NAMED, Import, Status
from budgets.repositories import imports
from budgets.repositories.expenses import expense_from_item, expense_get
from budgets.services.batches import expenses_remove_batch
from budgets.services.imports.slicing import Slice
from core import clock
from core.accounts.domain import User
from core.commit import commit
from core.storage import Write, store


class ChangedMeanwhile(Exception):
    """An expense was changed between the look at it and the write; nothing was written."""


UNCHANGED = 1
"""The version of an expense that nobody has written since it was recorded."""


def remove(user: User, found: Import, part: Slice) -> Import:
    """Take away what these rows became, with its totals and marks, in one transaction; the import as it stands then.

    An expense that was changed since stays, with its mark. One that was deleted by hand stays deleted, and its mark
    stands, so that no import brings it back. Raises ChangedMeanwhile where one was changed while at it, and
    TransactionCancelled (label `import`) where another worker was faster. 1 request beside those of
    `expenses_remove_batch`.
    """
    rows = {found.expense_id(row): row for row in part.rows}
    items = store().batch_get(
        [
            *(expense_get(user.username, expense_id) for expense_id in rows),
            *(imports.key_get(user.username, row.key) for row in part.rows),
        ],
        consistent=True,
    )
    expenses = [expense_from_item(item) for item in items[: len(rows)] if item]
    marked = {item["expense_id"] for item in items[len(rows) :] if item}
    unchanged = [each.expense_id for each in expenses if each.version == UNCHANGED]
    kept = [each.expense_id for each in expenses if each.version != UNCHANGED]
    now = clock.now()
    after = found

    def also(result: BatchResult) -> list[Write]:
        nonlocal after
        if any(expense.version != UNCHANGED for expense in result.expenses):
            raise ChangedMeanwhile
        after = found.after(
            now,
            position=part.end,
            removed=found.removed + len(result.expenses),
            kept=(*found.kept, *kept)[:MOST_NAMED],
            kept_count=found.kept_count + len(kept),
        )
        marks = [rows[each.expense_id] for each in result.expenses if each.expense_id in marked]
        return [imports.import_replace(after), *(imports.key_delete(user.username, row) for row in marks)]

    expenses_remove_batch(user, unchanged, import_id=found.import_id, also=also)
    return after


def end(found: Import) -> Import:
    """Say that all is taken away; 1 request."""
    now = clock.now()
    undone = found.after(now, status=Status.UNDONE, undone_at=now)
    commit([], [imports.import_replace(undone)])
    return undone
