"""Expenses, one or many."""

from collections.abc import Iterator, Sequence

from budgets.domain.expense import Expense
from budgets.domain.expense_filter import ALL, ExpenseFilter
from budgets.repositories.expenses import expense_address, expense_from_item, expenses_query
from core import ids
from core.reading import Rows, every, read_page, required
from core.storage import Key, store
from core.trash import Deleted, Kind

DELETED_EXPENSES = Kind("expense", expense_from_item)
"""Expenses that were deleted and can be restored."""


def expense_get(username: str, expense_id: str) -> Expense:
    """One expense; 1 request. Raises NotFound for one that is not there or not this user's."""
    ids.check_could_be(expense_id, "This expense")
    return required(expense_address(username, expense_id), expense_from_item, "This expense")


def expenses_by_id(username: str, expense_ids: Sequence[str]) -> list[Expense | None]:
    """Up to 100 expenses of a user, all different, in the order asked, None for one that is gone; 1 request."""
    if not expense_ids:
        return []
    gets = [expense_address(username, expense_id) for expense_id in expense_ids]
    items = store().batch_get(gets, consistent=True)
    return [None if item is None else expense_from_item(item) for item in items]


def expenses_newest(username: str, limit: int, cursor: Key | None = None, wanted: ExpenseFilter = ALL) -> Rows[Expense]:
    """One page of expenses of a filter; 1 request. Of one day, what was recorded last comes first.

    With a text at most 5 requests fill a page, which may be short and still have a cursor. The index that finds them
    may lag by a moment.
    """
    keep = wanted.has_words if wanted.text.split() else None
    return read_page(expenses_query(username, wanted), expense_from_item, limit=limit, cursor=cursor, keep=keep)


def expenses_every(username: str, wanted: ExpenseFilter = ALL) -> Iterator[Expense]:
    """All expenses that `expenses_newest` would list on its pages, in that order; one request for each 1 MB."""
    return filter(wanted.has_words, map(expense_from_item, every(expenses_query(username, wanted))))


def expenses_deleted(username: str) -> list[Deleted[Expense]]:
    """What a user deleted within 30 days, the latest first; 1 request."""
    return DELETED_EXPENSES.newest(username)
