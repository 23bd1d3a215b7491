"""Rows of the Trash table: what a user deleted, under the time at which it was and its id."""

from datetime import datetime

from core import clock, ids
from core.storage.operations import Attr, Delete, Get, Item, Key, KeyCondition, Put, Query
from core.tables import TRASH, TRASH_KEPT
from core.usage.measures import Measure
from core.usage.use import expiring

LONGEST_ENTRY = 61
"""`<time>#<id>`: 24 characters, the mark, 36 characters."""


def entry_of(identifier: str, deleted_at: datetime) -> str:
    """The key of something deleted at this time."""
    return ids.time_key(deleted_at, identifier)


def identifier_of(entry: str) -> str:
    """The id of what was deleted under this key."""
    return entry.partition("#")[2]


def deleted_at(entry: str) -> datetime:
    """When it was deleted."""
    return clock.from_text(entry.partition("#")[0])


def trash_put(username: str, entry: str, kind: str, row: Item) -> Put:
    """Keep a deleted row under a key of `entry_of`, label `trash`."""
    item = {"username": username, "entry": entry, "kind": kind, "row": row, "ttl": _ends(entry)}
    return Put(TRASH, item, Attr("entry").not_exists(), "trash")


def trash_address(username: str, entry: str) -> Get:
    """Where a deleted row is."""
    return Get(TRASH, _key(username, entry))


def trash_delete(username: str, entry: str) -> Delete:
    """Take a row out of the trash, label `trash`; fails where it is gone."""
    return Delete(TRASH, _key(username, entry), Attr("entry").exists(), "trash")


def trash_query(username: str, kind: str) -> Query:
    """What a user deleted of one kind, the oldest first; what is over may still be among it."""
    return Query(TRASH, KeyCondition("username").eq(username), filter=Attr("kind").eq(kind))


def is_over(item: Item) -> bool:
    """Whether it can no longer be restored."""
    return int(item["ttl"]) <= clock.to_seconds(clock.now())


def _key(username: str, entry: str) -> Key:
    return {"username": username, "entry": entry}


def _ends(entry: str) -> int:
    return clock.to_seconds(deleted_at(entry) + TRASH_KEPT)


MEASURES = (
    Measure(TRASH, lambda item: expiring(int(item["ttl"]), rows=1), lambda key: expiring(_ends(key["entry"]), rows=1)),
)
"""A deleted row counts until it leaves the trash, of whatever kind it is.

One that is restored is taken off by its key and TRASH_KEPT: a release that changes that has to count again, by the step
`count_usage` of an upgrade.
"""
