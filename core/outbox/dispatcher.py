"""Handing events to their handlers: in order per user, at least once, by one dispatcher per shard at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from core import clock, wiring
from core.events import SHARDS, Event
from core.outbox import repository
from core.outbox.lease import Lease
from core.outbox.repository import Waiting
from core.storage import StoreUnavailable

MOST_FAILURES = 8
WAIT_FOR_STORE = timedelta(seconds=5)
"""How long an event is put off whose handler found the store throttled, in conflict or out of reach."""

HandlersOf = Callable[[str], tuple[Callable[[Event], None], ...]]
"""From an event's name to its handlers; `core.wiring.handlers` is the product's own."""

logger = logging.getLogger(__name__)


def sweep(handlers_of: HandlersOf = wiring.handlers) -> int:
    """Work every shard that has something waiting; the number of events settled. 8 Queries when there is nothing."""
    shards = (str(shard) for shard in range(SHARDS))
    return sum(dispatch(shard, handlers_of) for shard in shards if repository.first_waiting(shard, 1))


def dispatch(shard: str, handlers_of: HandlersOf = wiring.handlers) -> int:
    """Handle the events of one shard from its start; the number settled, that is handled or given up.

    0 without a look at the events while another dispatcher holds the shard. An event that fails is tried again
    later, and the later events of its user wait for it; those of other users go on.
    """
    lease = Lease(shard)
    if not lease.take():
        return 0
    try:
        total = 0
        while lease.holds() and (settled := _work_through(lease, handlers_of)):
            total += settled
        return total
    finally:
        lease.give_back()


def _work_through(lease: Lease, handlers_of: HandlersOf) -> int:
    """One pass over the shard; the number settled. Ends early when the lease is lost."""
    settled = 0
    held_up: set[str] = set()
    for entry in repository.waiting(lease.shard):
        if not lease.holds():
            break
        if entry.event.username in held_up:
            continue
        if _is_early(entry) or not _try(entry, handlers_of):
            held_up.add(entry.event.username)
        else:
            settled += 1
    return settled


def _try(entry: Waiting, handlers_of: HandlersOf) -> bool:
    """Whether the user's next event may follow: this one is handled, or given up for good."""
    if entry.as_found is not None:
        logger.error("event %s is given up: %s", entry.event.event_id, entry.last_error)
        repository.bury(entry, error=entry.last_error)
        return True
    try:
        for handler in handlers_of(entry.event.name):
            handler(entry.event)
    except StoreUnavailable as error:
        # says nothing about the event: however long the store is out, no event is given up for it
        logger.warning("event %s waits for the store: %s", entry.event.name, error)
        repository.put_off(entry, due_at=clock.now() + WAIT_FOR_STORE)
        return False
    except Exception as error:
        logger.exception("event %s failed for the %d. time", entry.event.name, entry.failures + 1)
        return _fail(entry, f"{type(error).__name__}: {error}"[:500])
    repository.remove(entry)
    return True


def _fail(entry: Waiting, error: str) -> bool:
    if entry.failures + 1 >= MOST_FAILURES:
        repository.bury(entry, error=error)
        return True
    pause = timedelta(seconds=2 ** (entry.failures + 1))
    repository.record_failure(entry, due_at=clock.now() + pause, error=error)
    return False


def _is_early(entry: Waiting) -> bool:
    return entry.due_at is not None and entry.due_at > clock.now()
