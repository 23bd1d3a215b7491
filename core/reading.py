"""Reading rows of a query as values: a page of a list, or all there are."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from core.storage import Item, Key, Page, Query, store

T = TypeVar("T")

logger = logging.getLogger(__name__)

MOST_PARTITIONS = 5
PARTITION = "partition"
"""Where a cursor says in which partition it stands."""


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """One page of a list, and the cursor of the next; None after the last."""

    items: tuple[T, ...]
    cursor: Key | None = None


def rows_of(page: Page, from_item: Callable[[Item], T]) -> Rows[T]:
    """A page of the store as values."""
    return Rows(tuple(from_item(item) for item in page.items), page.cursor)


def pages(query: Query) -> Iterator[Page]:
    """All pages of a query, each of up to `query.limit` rows and one request."""
    while True:
        page = store().query(query)
        yield page
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)


def understood(items: Iterable[Item], from_item: Callable[[Item], T], *, what: str, key: str) -> Iterator[T]:
    """Rows as values; one that nobody foresaw is logged and left out, so that it does not hold up the others.

    what: the noun by which the log names it. key: the attribute that tells the rows of a user apart.
    """
    for item in items:
        try:
            value = from_item(item)
        except Exception:
            logger.exception("%s %s of %s cannot be understood", what, item[key], item["username"])
        else:
            yield value


def every(query: Query) -> Iterator[Item]:
    """All rows of a query, at most `query.limit`; one request for each 1 MB of them."""
    while True:
        page = store().query(query)
        yield from page.items
        left = None if query.limit is None else query.limit - len(page.items)
        if page.cursor is None or left == 0:
            return
        query = replace(query, cursor=page.cursor, limit=left)


def rows_reading_on(
    query_of: Callable[[str], Query],
    *,
    earlier: Callable[[str], str | None],
    first: str,
    limit: int,
    cursor: Key | None = None,
) -> Rows[Item]:
    """Up to `limit` rows of one partition after the other: those of `first`, then of the `earlier` one, and so on.

    One request for each partition, at most 5: a page may be short, or empty, and still have a cursor.
    """
    partition, within = first, cursor
    if cursor is not None:
        partition = str(cursor[PARTITION])
        within = {name: value for name, value in cursor.items() if name != PARTITION} or None
    found: list[Item] = []
    for _ in range(MOST_PARTITIONS):
        page = store().query(replace(query_of(partition), limit=limit - len(found), cursor=within))
        found += page.items
        if page.cursor is not None:
            return Rows(tuple(found), {PARTITION: partition, **page.cursor})
        following = earlier(partition)
        if following is None:
            return Rows(tuple(found))
        partition, within = following, None
        if len(found) == limit:
            break
    return Rows(tuple(found), {PARTITION: partition})
