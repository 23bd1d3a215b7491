"""What users deleted, kept for 30 days so that it can be restored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from core import clock, ids
from core.reading import every
from core.storage import Attr, Delete, Item, KeyCondition, Put, Query, store
from core.tables import TRASH
from core.usage.measures import Measure
from core.usage.use import expiring

KEPT = timedelta(days=30)
LONGEST_ENTRY = 61
"""`<time>#<id>`: 24 characters, the mark, 36 characters."""
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Thrown:
    """One deleted thing; `entry` is its key, `row` the row that it was."""

    username: str
    entry: str
    kind: str
    row: Mapping[str, Any]

    @property
    def deleted_at(self) -> datetime:
        return clock.from_text(self.entry.partition("#")[0])

    @property
    def identifier(self) -> str:
        """The id of what was deleted."""
        return self.entry.partition("#")[2]


def entry_of(identifier: str, deleted_at: datetime) -> str:
    """The key of something deleted at this time."""
    return ids.time_key(deleted_at, identifier)


def throw_away(username: str, entry: str, kind: str, row: Item) -> Put:
    """The write that keeps a deleted row; it belongs into the transaction that deletes it."""
    item = {"username": username, "entry": entry, "kind": kind, "row": row, "ttl": _ends(entry)}
    return Put(TRASH, item, Attr("entry").not_exists(), "trash")


def take_out(thrown: Thrown) -> Delete:
    """The write that belongs into the transaction that restores it; fails (label `trash`) where it is gone."""
    key = {"username": thrown.username, "entry": thrown.entry}
    return Delete(TRASH, key, Attr("entry").exists(), "trash")


def thrown_get(username: str, entry: str) -> Thrown | None:
    """One deleted thing of a user, read consistently; None where there is none, or its 30 days are over."""
    if not entry or len(entry) > LONGEST_ENTRY:
        return None
    item = store().get(TRASH, {"username": username, "entry": entry}, consistent=True)
    return None if item is None or _is_over(item) else _thrown(item)


def thrown_newest(username: str, kind: str) -> list[Thrown]:
    """What a user deleted of one kind, the latest first, of the newest hundred; one request."""
    query = Query(
        TRASH, KeyCondition("username").eq(username), filter=Attr("kind").eq(kind), limit=SHOWN, descending=True
    )
    return [_thrown(item) for item in store().query(query).items if not _is_over(item)]


def thrown_every(username: str, kind: str) -> Iterator[Thrown]:
    """All that a user deleted of one kind, read consistently; one request for each 1 MB of what was deleted."""
    query = Query(TRASH, KeyCondition("username").eq(username), filter=Attr("kind").eq(kind), consistent=True)
    return (_thrown(item) for item in every(query) if not _is_over(item))


def _ends(entry: str) -> int:
    return clock.to_seconds(clock.from_text(entry.partition("#")[0]) + KEPT)


def _is_over(item: Item) -> bool:
    return int(item["ttl"]) <= clock.to_seconds(clock.now())


def _thrown(item: Item) -> Thrown:
    return Thrown(item["username"], item["entry"], item["kind"], item["row"])


MEASURES = (
    Measure(TRASH, lambda item: expiring(int(item["ttl"]), rows=1), lambda key: expiring(_ends(key["entry"]), rows=1)),
)
"""A deleted row counts until it leaves the trash, of whatever kind it is."""
