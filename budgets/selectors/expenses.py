"""Expenses, one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from budgets.domain.expense import Expense
from budgets.repositories.expenses import expense_address, expense_from_item, expense_key, expenses_query
from core import ids
from core.errors import NotFound
from core.reading import Rows, every, required, rows_of
from core.storage import Key, store

MOST_PAGES = 5
"""A search reads so many pages for one of its own, then hands back a cursor."""
SEARCHED_PAGE = 200


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
    found: list[Expense] = []
    matches = matching(text)
    is_search = bool(text.split())
    for _ in range(MOST_PAGES if is_search else 1):
        query = expenses_query(
            username,
            category=category,
            since=since,
            until=until,
            oldest_first=oldest_first,
            limit=SEARCHED_PAGE if is_search else limit,
            cursor=cursor,
        )
        page = rows_of(store().query(query), expense_from_item)
        found += filter(matches, page.items)
        cursor = page.cursor
        if cursor is None or len(found) >= limit:
            break
    if len(found) > limit:
        found = found[:limit]
        cursor = expense_key(found[-1], category=category)
    return Rows(tuple(found), cursor)


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


def matching(text: str) -> Callable[[Expense], bool]:
    """Whether an expense has each word of the text, whatever the capitals; for no words, all do."""
    words = text.casefold().split()

    def matches(expense: Expense) -> bool:
        parts = (expense.description, expense.merchant, expense.category, *expense.tags)
        shown = "\n".join(parts).casefold()
        return all(word in shown for word in words)

    return matches
