"""What is left in the outbox: how much waits, and what was given up, to be tried again once the reason is mended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.events import SHARDS
from core.outbox import repository
from core.outbox.dispatcher import nudge
from core.outbox.repository import DEAD, Waiting
from core.reading import every, one
from core.storage import TransactionCancelled, Write, store

COUNTED = 100
"""Rows of one shard that are counted at most."""


@dataclass(frozen=True, slots=True)
class Depth:
    """Events that wait and that were given up, up to 100 of each shard, and when the oldest that waits happened."""

    waiting: int
    oldest: datetime | None
    given_up: int


def depth() -> Depth:
    """The depth now; 9 Queries."""
    waiting = [entry for shard in range(SHARDS) for entry in _oldest(str(shard), COUNTED)]
    oldest = min((entry.event.occurred_at for entry in waiting), default=None)
    return Depth(len(waiting), oldest, len(given_up(COUNTED)))


def given_up(limit: int = 100) -> list[Waiting]:
    """The oldest events that were given up, at most `limit`; 1 Query."""
    return _oldest(DEAD, limit)


def given_up_event(event_id: str) -> Waiting | None:
    """One event that was given up; 1 request."""
    return one(repository.dead_address(event_id), repository.waiting_from_item)


def replay(event_id: str, *, also: Sequence[Write] = ()) -> bool:
    """Put an event that was given up back into its shard. False when there is none of this id, or `also` failed."""
    entry = given_up_event(event_id)
    if entry is None:
        return False
    try:
        store().transact_write([*repository.revive_writes(entry), *also])
    except TransactionCancelled:
        return False
    nudge(entry.event.username)
    return True


def _oldest(shard: str, limit: int) -> list[Waiting]:
    return list(map(repository.waiting_from_item, every(repository.waiting_query(shard, limit=limit))))
