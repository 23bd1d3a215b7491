"""Reading rows as values: one, a page of a list, or all of them."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Generic, TypeVar

from core.errors import NotFound
from core.storage import MOST_GETS, Get, Item, ItemStore, Key, Page, Query, cursor_after, store

T = TypeVar("T")

logger = logging.getLogger(__name__)

MOST_REQUESTS = 5
"""Requests that fill one page at most; what is missing then is left to the next page."""
FILTERED_ROWS = 200
"""Rows read by each request of a query of which not every row is wanted."""
PARTITION = "partition"
"""Where a cursor names its partition."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """One page of a list, and the cursor of the next; None after the last."""

    items: tuple[T, ...]
    cursor: Key | None = None


def row(address: Get, *, consistent: bool = True) -> Item | None:
    """One row as it is stored, None where there is none; 1 request."""
    return store().get(address.table, address.key, consistent=consistent)


def one(address: Get, from_item: Callable[[Item], T], *, consistent: bool = True) -> T | None:
    """One row as a value, None where there is none; 1 request."""
    item = row(address, consistent=consistent)
    return None if item is None else from_item(item)


def required(address: Get, from_item: Callable[[Item], T], what: str) -> T:
    """One row as a value; 1 consistent request. Raises NotFound where there is none: `what` names it to the user."""
    value = one(address, from_item)
    if value is None:
        raise NotFound(what)
    return value


def many(addresses: Sequence[Get], *, consistent: bool = True) -> list[Item | None]:
    """The rows of different addresses, in their order, None where there is none; 1 request for each 100."""
    found: list[Item | None] = []
    for start in range(0, len(addresses), MOST_GETS):
        found += store().batch_get(addresses[start : start + MOST_GETS], consistent=consistent)
    return found


def rows_of(page: Page, from_item: Callable[[Item], T]) -> Rows[T]:
    """A page of the store as values."""
    return Rows(tuple(from_item(item) for item in page.items), page.cursor)


def pages(query: Query, source: ItemStore | None = None) -> Iterator[Page]:
    """All pages of a query, each of up to `query.limit` rows and one request, of this store or another."""
    while True:
        page = (source or store()).query(query)
        yield page
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)


def every(query: Query, source: ItemStore | None = None) -> Iterator[Item]:
    """All rows of a query, at most `query.limit`, of this store or another; one request for each 1 MB of them."""
    return islice((item for page in pages(query, source) for item in page.items), query.limit)


def understood(items: Iterable[Item], from_item: Callable[[Item], T], *, what: str, key: str) -> Iterator[T]:
    """Rows as values; one that cannot be read is logged and left out, so that it does not hold up the others.

    what: the noun by which the log names it. key: the attribute in which the rows of a user differ.
    """
    for item in items:
        try:
            value = from_item(item)
        except Exception:
            logger.exception("%s %s of %s cannot be understood", what, item[key], item["username"])
        else:
            yield value


def read_page(
    query: Query,
    from_item: Callable[[Item], T],
    *,
    limit: int,
    cursor: Key | None = None,
    keep: Callable[[T], bool] | None = None,
) -> Rows[T]:
    """Up to `limit` values of a query, of which `keep` keeps those that are wanted; one request.

    With `keep`, or a filter in the query, at most 5 requests: the page may be short, or empty, and still have a cursor.
    """
    is_filtered = keep is not None or query.filter is not None
    found: list[tuple[Item, T]] = []
    for _ in range(MOST_REQUESTS if is_filtered else 1):
        page = store().query(replace(query, limit=FILTERED_ROWS if is_filtered else limit, cursor=cursor))
        values = ((item, from_item(item)) for item in page.items)
        found += [(item, value) for item, value in values if keep is None or keep(value)]
        cursor = page.cursor
        if cursor is None or len(found) >= limit:
            break
    if len(found) > limit:
        cursor = cursor_after(query, found[limit - 1][0])
    return Rows(tuple(value for _, value in found[:limit]), cursor)


def read_page_backwards(
    query_of: Callable[[str], Query],
    from_item: Callable[[Item], T],
    *,
    first: str,
    earlier: Callable[[str], str | None],
    limit: int,
    cursor: Key | None = None,
) -> Rows[T]:
    """Up to `limit` values of one partition after the other: those of `first`, then of the `earlier` one, and so on.

    One request for each partition, at most 5: a page may be short, or empty, and still have a cursor.
    """
    partition, within = first, cursor
    if cursor is not None:
        partition = str(cursor[PARTITION])
        within = {name: value for name, value in cursor.items() if name != PARTITION} or None
    found: list[T] = []
    for _ in range(MOST_REQUESTS):
        page = store().query(replace(query_of(partition), limit=limit - len(found), cursor=within))
        found += map(from_item, page.items)
        if page.cursor is not None:
            return Rows(tuple(found), {PARTITION: partition, **page.cursor})
        following = earlier(partition)
        if following is None:
            return Rows(tuple(found))
        partition, within = following, None
        if len(found) == limit:
            break
    return Rows(tuple(found), {PARTITION: partition})
