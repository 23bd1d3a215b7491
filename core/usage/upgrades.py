"""Counting what was kept before the product counted."""

from __future__ import annotations

from core import clock
from core.accounts.everything import rows_of
from core.accounts.tables import USERS
from core.storage import administration, store
from core.usage.counts import counts_put
from core.usage.held import Held, held_put
from core.usage.recount import recounted, table_names


def count_usage() -> None:
    """Count what every user keeps and write it over what was counted before, while the site is stopped.

    Safe to repeat and to stop anywhere. In memory are the names of all users and one page of rows; one request for each
    1 MB of a user's rows and at least one for each table that counts.
    """
    for username in sorted(item["username"] for item in administration().dump(USERS)):
        now = clock.to_seconds(clock.now())
        found = recounted(rows_of(username, table_names()), now)
        held = [Held(username, figure, ends, version=1) for figure, ends in found.held.items()]
        store().batch_write([counts_put(username, found.use, now), *map(held_put, held)])
