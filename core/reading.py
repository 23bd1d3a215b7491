"""Reading rows of a query as values: a page of a list, or all there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from core.storage import Item, Key, Page, Query, store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows(Generic[T]):
    """One page of a list, and the cursor of the next; None after the last."""

    items: tuple[T, ...]
    cursor: Key | None = None


def rows_of(page: Page, from_item: Callable[[Item], T]) -> Rows[T]:
    """A page of the store as values."""
    return Rows(tuple(from_item(item) for item in page.items), page.cursor)


def every(query: Query) -> Iterator[Item]:
    """All rows of a query, at most `query.limit`; one request for each 1 MB of them."""
    while True:
        page = store().query(query)
        yield from page.items
        left = None if query.limit is None else query.limit - len(page.items)
        if page.cursor is None or left == 0:
            return
        query = replace(query, cursor=page.cursor, limit=left)
