"""Events that were given up: what they are, and trying them again once the reason is mended."""

from collections.abc import Sequence

from core.outbox import repository
from core.outbox.dispatcher import nudge
from core.outbox.repository import Waiting
from core.reading import every, one
from core.storage import TransactionCancelled, Write, store


def given_up(limit: int = 100) -> list[Waiting]:
    """The oldest events that were given up, at most `limit`; 1 Query."""
    return list(map(repository.waiting_from_item, every(repository.waiting_query(repository.DEAD, limit=limit))))


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
