"""Events: facts of one user, written in the same transaction as the change that caused them."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from core import clock, ids
from core.storage.operations import Item, Put
from core.tables import OUTBOX

SHARDS = 8
LONGEST_WAIT = 60
"""Seconds that an event or a message may wait before it counts as held up."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. `name` is `<app>.<past tense>`; `payload` holds what the store can hold (no float)."""

    name: str
    username: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    event_id: str = field(default_factory=ids.new_id)
    occurred_at: datetime = field(default_factory=clock.now)


def shard_of(username: str) -> str:
    """The shard whose dispatcher handles all events of this user, in order."""
    return str(zlib.crc32(username.encode()) % SHARDS)


def event_put(event: Event) -> Put:
    """The write that records the event; put it into the transaction of the change."""
    return Put(OUTBOX, event_item(event), label="outbox")


def event_item(event: Event) -> Item:
    """The event as a row of the Outbox table."""
    return {
        "shard": shard_of(event.username),
        "event_id": event.event_id,
        "name": event.name,
        "username": event.username,
        "occurred_at": clock.to_text(event.occurred_at),
        "payload": dict(event.payload),
        "failures": 0,
    }


def event_from_item(item: Item) -> Event:
    """The event that a row of the Outbox table holds."""
    return Event(
        name=item["name"],
        username=item["username"],
        payload=item["payload"],
        event_id=item["event_id"],
        occurred_at=clock.from_text(item["occurred_at"]),
    )
