"""Handing events to their handlers: in order per user, at least once, by one dispatcher per shard at a time."""

import logging
import math
import random
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from core import clock, nudges, wiring
from core.events import SHARDS, Event, shard_of
from core.outbox import repository
from core.outbox.lease import Lease
from core.outbox.repository import Waiting
from core.reading import every
from core.storage import Change, ConditionFailed, StoreUnavailable, TransactionCancelled, store

MOST_FAILURES = 8
LOOKED_AT = 2000
"""Events of a shard that one pass looks at. Users whose events all come after them wait for a later pass."""
MOST_OF_ONE_USER = 100
"""Events of one user that one pass handles."""
FOREVER = math.inf
WAIT_FOR_STORE = timedelta(seconds=5)
"""How long an event is put off whose handler found the store throttled, in conflict or out of reach."""

HandlersOf = Callable[[str], tuple[Callable[[Event], None], ...]]
"""From an event's name to its handlers; `core.wiring.handlers` is the product's own."""

logger = logging.getLogger(__name__)


def nudge(username: str) -> None:
    """Ask a worker to handle this user's events now, after the transaction that wrote them; never fails."""
    nudges.send("core.tasks.outbox_dispatch", shard_of(username))


def sweep(handlers_of: HandlersOf = wiring.handlers, *, ends: float = FOREVER) -> int:
    """Work every shard that has something waiting; the number of events settled. 8 Queries when there is nothing.

    Shards that are not begun before `ends`, in seconds of the monotonic clock, are left to the next sweep; their order
    is another each time.
    """
    settled = 0
    for shard in random.sample(range(SHARDS), SHARDS):
        if time.monotonic() >= ends:
            break
        if any(every(repository.waiting_query(str(shard), limit=1))):
            settled += dispatch(str(shard), handlers_of, ends=ends)
    return settled


def dispatch(shard: str, handlers_of: HandlersOf = wiring.handlers, *, ends: float = FOREVER) -> int:
    """Handle the events of one shard; the number settled, that is handled or given up. None is begun after `ends`.

    0 without a look at the events while another dispatcher holds the shard. Users take turns, and the events of each
    are handled in order. An event that fails is tried again later, and the later events of its user wait for it.
    """
    lease = Lease(shard)
    if not lease.take():
        return 0
    try:
        total = 0
        while settled := _work_through(lease, handlers_of, ends):
            total += settled
        return total
    finally:
        lease.give_back()


def _work_through(lease: Lease, handlers_of: HandlersOf, ends: float) -> int:
    """One pass over the shard; the number settled. Ends early when the lease is lost or the time is over."""
    settled = 0
    if time.monotonic() >= ends or not lease.holds():
        return settled
    turns = deque(_events_by_user(lease.shard))
    while turns and time.monotonic() < ends and lease.holds():
        events_of_user = turns.popleft()
        entry = events_of_user.popleft()
        if _is_early(entry) or not _try(entry, handlers_of):
            continue
        settled += 1
        if events_of_user:
            turns.append(events_of_user)
    return settled


def _events_by_user(shard: str) -> list[deque[Waiting]]:
    """The oldest events of each user among the first of the shard; 1 request for each 1 MB of these."""
    by_user: dict[str, deque[Waiting]] = {}
    rows = every(repository.waiting_query(shard, limit=LOOKED_AT, consistent=True))
    for entry in map(repository.waiting_from_item, rows):
        of_user = by_user.setdefault(entry.event.username, deque())
        if len(of_user) < MOST_OF_ONE_USER:
            of_user.append(entry)
    return list(by_user.values())


def _try(entry: Waiting, handlers_of: HandlersOf) -> bool:
    """Whether the user's next event may follow: this one is handled, or given up for good."""
    if entry.as_found is not None:
        logger.error("event %s is given up: %s", entry.event.event_id, entry.last_error)
        _bury(entry, entry.last_error)
        return True
    try:
        for handler in handlers_of(entry.event.name):
            handler(entry.event)
    except StoreUnavailable as error:
        # says nothing about the event: however long the store is out, no event is given up for it
        logger.warning("event %s waits for the store: %s", entry.event.name, error)
        _keep(repository.put_off_change(entry, due_at=clock.now() + WAIT_FOR_STORE))
        return False
    except Exception as error:
        logger.exception("event %s failed for the %d. time", entry.event.name, entry.failures + 1)
        return _fail(entry, f"{type(error).__name__}: {error}"[:500])
    store().write(repository.waiting_delete(entry))
    return True


def _fail(entry: Waiting, error: str) -> bool:
    if entry.failures + 1 >= MOST_FAILURES:
        _bury(entry, error)
        return True
    pause = timedelta(seconds=2 ** (entry.failures + 1))
    _keep(repository.failure_change(entry, due_at=clock.now() + pause, error=error))
    return False


def _keep(change: Change) -> None:
    """Let the event stay for later; nothing happens when it is gone."""
    with suppress(ConditionFailed):
        store().write(change)


def _bury(entry: Waiting, error: str) -> None:
    """Give the event up; nothing happens when it is gone."""
    with suppress(TransactionCancelled):
        store().transact_write(repository.bury_writes(entry, error=error, at=clock.now()))


def _is_early(entry: Waiting) -> bool:
    return entry.due_at is not None and entry.due_at > clock.now()
