"""Rows of the Outbox table: waiting events by shard, those given up under `dead`, and one lease per shard."""

from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.events import Event, event_from_item, event_item, shard_of
from core.storage.operations import Attr, Change, Delete, Get, Item, Key, KeyCondition, Put, Query, Update, Write
from core.tables import OUTBOX

DEAD = "dead"
LEASES = "leases"
UNREADABLE = "outbox.unreadable"
"""The name of the event that replaces a row from which none can be read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits for its handlers; not before `due_at` when a handler failed before.

    `as_found`: the row itself, where no event could be read from it. The event then only replaces it, and
    `last_error` says what is wrong with the row.
    """

    event: Event
    shard: str
    failures: int
    due_at: datetime | None
    last_error: str
    as_found: Item | None = None


def waiting_query(shard: str, *, limit: int | None = None, consistent: bool = False) -> Query:
    """The events of a shard (or of `dead`), oldest first; see `waiting_from_item`."""
    return Query(OUTBOX, KeyCondition("shard").eq(shard), limit=limit, consistent=consistent)


def user_queries(username: str) -> list[Query]:
    """The user's events that wait, and those that were given up."""
    return [
        Query(OUTBOX, KeyCondition("shard").eq(shard), filter=Attr("username").eq(username), consistent=True)
        for shard in (shard_of(username), DEAD)
    ]


def dead_address(event_id: str) -> Get:
    """Where an event is that was given up."""
    return Get(OUTBOX, _key(DEAD, event_id))


def waiting_delete(entry: Waiting) -> Delete:
    """The event is handled."""
    return Delete(OUTBOX, _key_of(entry))


def failure_change(entry: Waiting, *, due_at: datetime, error: str) -> Change:
    """The event stays, and is not tried again before `due_at`; fails where it is gone."""
    changes = {"due_at": clock.to_text(due_at), "last_error": error}
    return _change(entry, Update(set=changes, add={"failures": 1}))


def put_off_change(entry: Waiting, *, due_at: datetime) -> Change:
    """The same without counting a failure."""
    return _change(entry, Update(set={"due_at": clock.to_text(due_at)}))


def bury_writes(entry: Waiting, *, error: str, at: datetime) -> list[Write]:
    """Move the event to `dead`, in one transaction; fails where it is gone from its shard."""
    item: Item = {
        **event_item(entry.event),
        "shard": DEAD,
        "failures": entry.failures + 1,
        "last_error": error,
        "gave_up_at": clock.to_text(at),
    }
    if entry.as_found is not None:
        item["as_found"] = entry.as_found
    return _move(entry, item)


def revive_writes(entry: Waiting) -> list[Write]:
    """Move an event from `dead` back to its shard, its failures forgotten; fails where it is no longer there.

    One that could not be read goes back as it was found: by now it may be readable.
    """
    return _move(entry, entry.as_found or event_item(entry.event))


def lease_change(shard: str, *, holder: str, now: datetime, until: datetime) -> Change:
    """Let `holder` work the shard; fails where another has it. One's own lease is prolonged."""
    free = Attr("holder").not_exists() | Attr("holder").eq(holder) | Attr("until").lt(clock.to_text(now))
    lease = {"holder": holder, "until": clock.to_text(until)}
    return Change(OUTBOX, _key(LEASES, shard), Update(set=lease), condition=free)


def lease_delete(shard: str, *, holder: str) -> Delete:
    """Let the next dispatcher in; fails where the lease is no longer the holder's."""
    return Delete(OUTBOX, _key(LEASES, shard), condition=Attr("holder").eq(holder))


def waiting_from_item(item: Item) -> Waiting:
    """The event that a row holds; where none can be read, one `as_found`, so that it holds up nobody else."""
    try:
        return read(item)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        return _unreadable(item, f"the row cannot be read: {type(error).__name__}: {error}"[:500])


def read(item: Item) -> Waiting:
    """The event that a row holds. Raises KeyError, ValueError and the like for a row that holds none."""
    return Waiting(
        event=event_from_item(item),
        shard=item["shard"],
        failures=int(item["failures"]),
        due_at=clock.from_text(item["due_at"]) if "due_at" in item else None,
        last_error=item.get("last_error", ""),
        as_found=item.get("as_found"),
    )


def _change(entry: Waiting, update: Update) -> Change:
    return Change(OUTBOX, _key_of(entry), update, condition=Attr("name").exists())


def _move(entry: Waiting, item: Item) -> list[Write]:
    return [Delete(OUTBOX, _key_of(entry), condition=Attr("shard").exists()), Put(OUTBOX, item)]


def _key_of(entry: Waiting) -> Key:
    return _key(entry.shard, entry.event.event_id)


def _key(shard: str, event_id: str) -> Key:
    return {"shard": shard, "event_id": event_id}


def _unreadable(item: Item, error: str) -> Waiting:
    username = item.get("username")
    event = Event(UNREADABLE, username if isinstance(username, str) else "", event_id=item["event_id"])
    return Waiting(event, item["shard"], failures=0, due_at=None, last_error=error, as_found=dict(item))
