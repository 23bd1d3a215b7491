"""Handing events to their handlers: in order per user, at least once, by one dispatcher per shard at a time."""

from __future__ import annotations

import logging
from datetime import timedelta

from core import clock, wiring
from core.events import SHARDS, Event
from core.outbox import repository
from core.outbox.lease import Lease
from core.outbox.repository import Waiting

MOST_FAILURES = 8
logger = logging.getLogger(__name__)


def sweep() -> int:
    """Work every shard that has something waiting; the number of events settled. 8 Queries when there is nothing."""
    return sum(dispatch(str(shard)) for shard in range(SHARDS) if repository.first_waiting(str(shard), 1))


def dispatch(shard: str) -> int:
    """Handle the events of one shard from its start; the number settled, that is handled or given up.

    0 without a look at the events while another dispatcher holds the shard. An event that fails is tried again
    later, and the later events of its user wait for it; those of other users go on.
    """
    lease = Lease(shard)
    if not lease.take():
        return 0
    try:
        total = 0
        while lease.holds() and (settled := _work_through(lease)):
            total += settled
        return total
    finally:
        lease.give_back()


def _work_through(lease: Lease) -> int:
    """One pass over the shard; the number settled. Ends early when the lease is lost."""
    settled = 0
    held_up: set[str] = set()
    for entry in repository.waiting(lease.shard):
        if not lease.holds():
            break
        if entry.event.username in held_up:
            continue
        if _is_early(entry) or not _try(entry):
            held_up.add(entry.event.username)
        else:
            settled += 1
    return settled


def _try(entry: Waiting) -> bool:
    """Whether the user's next event may follow: this one is handled, or given up for good."""
    try:
        _handle(entry.event)
    except Exception as error:
        logger.exception("event %s failed for the %d. time", entry.event.name, entry.failures + 1)
        return _fail(entry, f"{type(error).__name__}: {error}"[:500])
    repository.remove(entry)
    return True


def _handle(event: Event) -> None:
    for handler in wiring.handlers(event.name):
        handler(event)


def _fail(entry: Waiting, error: str) -> bool:
    if entry.failures + 1 >= MOST_FAILURES:
        repository.bury(entry, error=error)
        return True
    pause = timedelta(seconds=2 ** (entry.failures + 1))
    repository.record_failure(entry, due_at=clock.now() + pause, error=error)
    return False


def _is_early(entry: Waiting) -> bool:
    return entry.due_at is not None and entry.due_at > clock.now()
