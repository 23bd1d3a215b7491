"""Counting what was kept before the product counted."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock, wiring
from core.accounts import everything
from core.accounts.tables import USERS
from core.reading import every
from core.storage import administration, store
from core.usage.counts import counts_put
from core.usage.held import Held, held_put
from core.usage.measures import Row
from core.usage.recount import recounted, table_names


def count_usage() -> None:
    """Count what every user keeps and write it over what was counted before, while the site is stopped.

    Safe to repeat and to stop anywhere. In memory are the names of all users and one page of rows; one request for each
    1 MB of a user's rows and at least one for each table that counts.
    """
    for username in sorted(item["username"] for item in administration().dump(USERS)):
        now = clock.to_seconds(clock.now())
        found = recounted(_rows_of(username), now)
        held = [Held(username, figure, ends, version=1) for figure, ends in found.held.items()]
        store().batch_write([counts_put(username, found.use, now), *map(held_put, held)])


def _rows_of(username: str) -> Iterator[Row]:
    counted = table_names()
    for table in wiring.tables():
        query = everything.query_of(table, username) if table.name in counted else None
        if query is not None:
            yield from ((table, item) for item in every(query))
