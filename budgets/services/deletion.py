"""Deleting expenses, and restoring them within 30 days."""

from dataclasses import replace

from budgets.domain.expense import Expense
from budgets.repositories.expenses import expense_item
from budgets.selectors.expenses import DELETED_EXPENSES
from budgets.services.booking import commit_booking, prepare
from budgets.services.snapshot import snapshot_of
from core import clock, ids, outbox, trash
from core.accounts.domain import User
from core.errors import NotFound
from core.periods import Month, day_of
from core.retry import optimistic
from core.storage import journey


def expense_delete(user: User, expense_id: str) -> str:
    """Delete an expense, and take it out of the totals of its month; 2 requests, 3 for one of another month than this.

    Returns the entry by which `expense_restore` brings it back. Raises NotFound, StoreUnavailable.
    """
    ids.check_could_be(expense_id, "This expense")
    with journey("expense_delete"):
        entry = optimistic(lambda: _delete(user, expense_id))
    outbox.nudge(user.username)
    return entry


def expense_restore(user: User, entry: str) -> Expense:
    """Bring a deleted expense back as it was, and into the totals of its month; 3 requests.

    A repeated call returns the expense that is back. Raises NotFound where nothing of this user's was deleted so, or
    more than 30 days ago, or the account is closed; StoreUnavailable.
    """
    with journey("expense_restore"):
        expense = optimistic(lambda: _restore(user, entry))
    outbox.nudge(user.username)
    return expense


def _delete(user: User, expense_id: str) -> str:
    now = clock.now()
    snapshot = snapshot_of(user.username, [Month.of(day_of(user.zone, now))], [expense_id])
    expense = snapshot.expenses.get(expense_id)
    if expense is None:
        raise NotFound("This expense")
    entry = trash.entry_of(expense_id, now)
    booking = prepare(user, [(expense, None)], snapshot, now)
    commit_booking(booking, [DELETED_EXPENSES.keep_deleted(user.username, entry, expense_item(expense))])
    return entry


def _restore(user: User, entry: str) -> Expense:
    deleted = DELETED_EXPENSES.find(user.username, entry)
    if deleted is None:
        return _there(user.username, trash.identifier_of(entry))
    now = clock.now()
    expense = deleted.value
    snapshot = snapshot_of(user.username, [expense.month], [expense.expense_id])
    there = snapshot.expenses.get(expense.expense_id)
    if there is not None:
        return there
    booking = prepare(user, [(None, expense)], snapshot, now)
    # its own event was sent as a large one when it was recorded
    booking = replace(booking, effect=replace(booking.effect, large=None))
    commit_booking(booking, [deleted.restore()])
    return booking.expenses[0]


def _there(username: str, expense_id: str) -> Expense:
    ids.check_could_be(expense_id, "This deleted expense")
    expense = snapshot_of(username, (), [expense_id]).expenses.get(expense_id)
    if expense is None:
        raise NotFound("This deleted expense")
    return expense
