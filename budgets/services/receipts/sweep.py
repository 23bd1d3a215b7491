"""Removing files of receipts that no expense names any more."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import islice

from budgets.domain.expense import Expense
from budgets.repositories import receipts as rows
from budgets.repositories.expenses import expense_address, expense_from_item
from budgets.repositories.receipts import StoredReceipt
from budgets.selectors.expenses import DELETED_EXPENSES
from budgets.tables import RECEIPTS
from core.commit import commit
from core.private_files import private_files
from core.reading import every, one, pages
from core.retry import LostRace
from core.storage import Change, ConditionFailed, Put, journey, store

AT_ONCE = 50
"""Files, each with its row and its expense, in one request."""
MOST = 1_000
"""Files that one run checks; the rest is left to the next."""


def receipts_sweep(now: datetime) -> int:
    """Check the files that are due, and remove those that no expense has named for 31 days; how many were removed.

    An expense that was deleted names its receipt as long as it can be restored. A file is removed before its row, so
    that the next run repeats one that was interrupted. Two runs at once do no harm. Raises StoreUnavailable.
    """
    removed = 0
    with journey("receipts_sweep"):
        for page in islice(pages(rows.receipts_to_look_at(now, AT_ONCE)), MOST // AT_ONCE):
            proposed = [rows.receipt_from_item(item) for item in page.items]
            for each, expense in _as_they_are(proposed):
                if each.due_at <= now:
                    removed += _look(each, expense, now)
    return removed


def receipts_close(username: str) -> None:
    """Remove every file of a user whose account is being deleted; the rows are deleted after it. Safe to repeat."""
    for item in every(rows.receipts_of(username)):
        private_files().delete(item["key"])


def _as_they_are(proposed: Sequence[StoredReceipt]) -> list[tuple[StoredReceipt, Expense | None]]:
    """The rows that an index proposes, read consistently with the expenses they were sent for; 1 request."""
    if not proposed:
        return []
    addresses = [rows.receipt_address(each.username, each.receipt.key) for each in proposed]
    owners = {(each.username, each.expense_id): expense_address(each.username, each.expense_id) for each in proposed}
    items = store().batch_get([*addresses, *owners.values()], consistent=True)
    there = [rows.receipt_from_item(item) for item in items[: len(addresses)] if item]
    expenses = {
        owner: expense_from_item(item) for owner, item in zip(owners, items[len(addresses) :], strict=True) if item
    }
    return [(each, expenses.get((each.username, each.expense_id))) for each in there]


def _look(there: StoredReceipt, expense: Expense | None, now: datetime) -> bool:
    """Note whether the file is named, or remove it; whether it was removed. 1 to 4 requests."""
    if not _names(expense, there):
        deleted_at = _deleted_at(there)
        if deleted_at is not None:
            # the file is kept for longer than the expense in the trash
            _note(_unnamed(there, deleted_at))
            return False
        expense = one(expense_address(there.username, there.expense_id), expense_from_item)  # it may be restored by now
    if _names(expense, there):
        _note(rows.receipt_named(there.username, there.receipt.key, now))
        return False
    if there.unreferenced_since is None:
        _note(_unnamed(there, now))
        return False
    private_files().delete(there.receipt.key)
    try:
        gone = rows.receipt_remove(there.username, there.receipt.key)
        commit([gone], was=[(RECEIPTS, rows.receipt_item(there))])
    except LostRace:
        return False  # another run was faster, or the account has been erased
    return True


def _names(expense: Expense | None, there: StoredReceipt) -> bool:
    return expense is not None and expense.receipt is not None and expense.receipt.key == there.receipt.key


def _deleted_at(there: StoredReceipt) -> datetime | None:
    """When an expense that names the file was deleted, if it still can be restored; 1 request."""
    for deleted in DELETED_EXPENSES.every(there.username):
        if _names(deleted.value, there):
            return deleted.deleted_at
    return None


def _unnamed(there: StoredReceipt, since: datetime) -> Put:
    return rows.receipt_unnamed(there.username, there.expense_id, there.receipt, since, only_if_there=True)


def _note(write: Put | Change) -> None:
    with suppress(ConditionFailed):  # the account may have been erased
        store().write(write)
