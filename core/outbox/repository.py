"""Rows of the Outbox table: waiting events by shard, those given up under `dead`, and one lease per shard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from core import clock
from core.events import Event, event_from_item, event_item
from core.storage import Attr, Delete, Item, KeyCondition, Put, Query, Update, Write, errors, store
from core.tables import OUTBOX

DEAD = "dead"
LEASES = "leases"
PAGE = 50
UNREADABLE = "outbox.unreadable"
"""The name of the event that stands in for a row from which none can be read."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits for its handlers; not before `due_at` when a handler failed before.

    `as_found`: the row itself, where no event could be read from it. The event then only stands in for it, and
    `last_error` says what is wrong with the row.
    """

    event: Event
    shard: str
    failures: int
    due_at: datetime | None
    last_error: str
    as_found: Item | None = None


def waiting(shard: str) -> Iterator[Waiting]:
    """Every event of a shard (or of `dead`), oldest first, one consistent Query for 50 rows.

    A row that cannot be read is there too, `as_found`, so that it holds up nobody else.
    """
    cursor = None
    while True:
        page = store().query(Query(OUTBOX, KeyCondition("shard").eq(shard), limit=PAGE, cursor=cursor, consistent=True))
        yield from map(_waiting, page.items)
        if page.cursor is None:
            return
        cursor = page.cursor


def first_waiting(shard: str, limit: int) -> list[Waiting]:
    """The oldest events of a shard, at most `limit`; 1 Query."""
    page = store().query(Query(OUTBOX, KeyCondition("shard").eq(shard), limit=limit))
    return [_waiting(item) for item in page.items]


def dead_event(event_id: str) -> Waiting | None:
    """An event that was given up."""
    item = store().get(OUTBOX, {"shard": DEAD, "event_id": event_id}, consistent=True)
    return _waiting(item) if item else None


def remove(entry: Waiting) -> None:
    """The event is handled."""
    store().delete(OUTBOX, _key(entry))


def record_failure(entry: Waiting, *, due_at: datetime, error: str) -> None:
    """The event stays, and is not tried again before `due_at`. Nothing happens when it is gone."""
    changes = {"due_at": clock.to_text(due_at), "last_error": error}
    _change(entry, Update(set=changes, add={"failures": 1}))


def put_off(entry: Waiting, *, due_at: datetime) -> None:
    """The event stays, not tried again before `due_at`, and no failure is counted. Nothing happens when it is gone."""
    _change(entry, Update(set={"due_at": clock.to_text(due_at)}))


def bury(entry: Waiting, *, error: str) -> None:
    """Move the event to `dead`, in one transaction. Nothing happens when it is gone from its shard."""
    item: Item = {
        **event_item(entry.event),
        "shard": DEAD,
        "failures": entry.failures + 1,
        "last_error": error,
        "gave_up_at": clock.to_text(clock.now()),
    }
    if entry.as_found is not None:
        item["as_found"] = entry.as_found
    _move(entry, item)


def revive(entry: Waiting, *, also: Sequence[Write] = ()) -> bool:
    """Move an event from `dead` back to its shard, its failures forgotten. False when it is no longer there.

    One that could not be read goes back as it was found: by now it may be readable.
    """
    return _move(entry, entry.as_found or event_item(entry.event), also)


def take_lease(shard: str, *, holder: str, lasts: timedelta) -> bool:
    """Whether `holder` may work the shard until `lasts` from now; taking one's own lease again prolongs it."""
    now = clock.now()
    free = Attr("holder").not_exists() | Attr("holder").eq(holder) | Attr("until").lt(clock.to_text(now))
    lease = {"holder": holder, "until": clock.to_text(now + lasts)}
    try:
        store().update(OUTBOX, {"shard": LEASES, "event_id": shard}, Update(set=lease), condition=free)
    except errors.ConditionFailed:
        return False
    return True


def give_lease_back(shard: str, *, holder: str) -> None:
    """Let the next dispatcher in at once; nothing happens when the lease is no longer the holder's."""
    try:
        store().delete(OUTBOX, {"shard": LEASES, "event_id": shard}, condition=Attr("holder").eq(holder))
    except errors.ConditionFailed:
        return


def _change(entry: Waiting, update: Update) -> None:
    try:
        store().update(OUTBOX, _key(entry), update, condition=Attr("name").exists())
    except errors.ConditionFailed:
        return


def _move(entry: Waiting, item: Item, also: Sequence[Write] = ()) -> bool:
    taken = Delete(OUTBOX, _key(entry), condition=Attr("shard").exists())
    try:
        store().transact_write([taken, Put(OUTBOX, item), *also])
    except errors.TransactionCancelled:
        return False
    return True


def _key(entry: Waiting) -> dict[str, str]:
    return {"shard": entry.shard, "event_id": entry.event.event_id}


def _waiting(item: Item) -> Waiting:
    try:
        return read(item)
    except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as error:
        return _stand_in(item, f"the row cannot be read: {type(error).__name__}: {error}"[:500])


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


def _stand_in(item: Item, error: str) -> Waiting:
    username = item.get("username")
    event = Event(UNREADABLE, username if isinstance(username, str) else "", event_id=item["event_id"])
    return Waiting(event, item["shard"], failures=0, due_at=None, last_error=error, as_found=dict(item))
