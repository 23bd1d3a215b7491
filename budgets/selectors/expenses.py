"""Expenses, one or many."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from budgets.domain.expense import Expense
from budgets.repositories.expenses import expense_address, expense_from_item, expenses_query
from core import ids
from core.errors import NotFound
from core.reading import Rows, every, read_page, required
from core.storage import Key, store
from core.trash import Deleted, Kind

DELETED_EXPENSES = Kind("expense", expense_from_item)
"""Expenses that were deleted and can be restored."""


def expense_get(username: str, expense_id: str) -> Expense:
    """One expense; 1 request. Raises NotFound for one that is not there or not this user's."""
    try:
        ids.id_time(expense_id)
    except ValueError as error:
        raise NotFound("This expense") from error
    return required(expense_address(username, expense_id), expense_from_item, "This expense")


def expenses_by_id(username: str, expense_ids: Sequence[str]) -> list[Expense | None]:
    """Up to 100 expenses of a user, all different, in the order asked, None for one that is gone; 1 request."""
    if not expense_ids:
        return []
    gets = [expense_address(username, expense_id) for expense_id in expense_ids]
    items = store().batch_get(gets, consistent=True)
    return [None if item is None else expense_from_item(item) for item in items]


def expenses_newest(
    username: str,
    limit: int,
    cursor: Key | None = None,
    *,
    since: date | None = None,
    until: date | None = None,
    category: str | None = None,
    text: str = "",
    oldest_first: bool = False,
) -> Rows[Expense]:
    """One page of expenses from one day to another, both included, newest day first; 1 request.

    Of one day, what was recorded last comes first. With `text`, those that have each of its words in description,
    merchant, category or tags, whatever the capitals: at most 5 requests fill a page, which may be short and still
    have a cursor. The index that finds them may lag by a moment.
    """
    query = expenses_query(username, category=category, since=since, until=until, oldest_first=oldest_first)
    keep = matching(text) if text.split() else None
    return read_page(query, expense_from_item, limit=limit, cursor=cursor, keep=keep)


def expenses_every(
    username: str,
    *,
    since: date | None = None,
    until: date | None = None,
    category: str | None = None,
    text: str = "",
    oldest_first: bool = False,
) -> Iterator[Expense]:
    """All expenses that `expenses_newest` would list on its pages, in that order; one request for each 1 MB."""
    query = expenses_query(username, category=category, since=since, until=until, oldest_first=oldest_first)
    return filter(matching(text), map(expense_from_item, every(query)))


def expenses_deleted(username: str) -> list[Deleted[Expense]]:
    """What a user deleted within 30 days, the latest first; 1 request."""
    return DELETED_EXPENSES.newest(username)


def matching(text: str) -> Callable[[Expense], bool]:
    """Whether an expense has each word of the text, whatever the capitals; for no words, all do."""
    words = text.casefold().split()

    def matches(expense: Expense) -> bool:
        parts = (expense.description, expense.merchant, expense.category, *expense.tags)
        shown = "\n".join(parts).casefold()
        return all(word in shown for word in words)

    return matches
