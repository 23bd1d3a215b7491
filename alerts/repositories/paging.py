"""Reading on where the rows of a query do not fit in one page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.storage import Item, Query, store


def every(query: Query) -> Iterator[Item]:
    """All rows of a query, page by page; one request for each 1 MB of them."""
    while True:
        page = store().query(query)
        yield from page.items
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)
