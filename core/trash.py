"""What users deleted, kept for 30 days so that it can be restored."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

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

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deleted(Generic[T]):
    """A thing that was deleted, `value`, as it was; `entry` is its key, by which it is restored."""

    username: str
    entry: str
    value: T

    @property
    def deleted_at(self) -> datetime:
        return _deleted_at(self.entry)

    def restore(self) -> Delete:
        """The write that belongs into the transaction that restores it; fails (label `trash`) where it is gone."""
        return Delete(TRASH, {"username": self.username, "entry": self.entry}, Attr("entry").exists(), "trash")


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of things that can be restored: its name in the rows of the trash, and how its own rows are read."""

    name: str
    from_item: Callable[[Item], T]

    def keep_deleted(self, username: str, entry: str, row: Item) -> Put:
        """The write that keeps a row under a key of `entry_of`; it belongs into the transaction that deletes it."""
        item = {"username": username, "entry": entry, "kind": self.name, "row": row, "ttl": _ends(entry)}
        return Put(TRASH, item, Attr("entry").not_exists(), "trash")

    def find(self, username: str, entry: str) -> Deleted[T] | None:
        """One of this kind, read consistently; None where a user deleted none so, or more than 30 days ago."""
        if not entry or len(entry) > LONGEST_ENTRY:
            return None
        item = store().get(TRASH, {"username": username, "entry": entry}, consistent=True)
        return None if item is None or item["kind"] != self.name or _is_over(item) else self._deleted(item)

    def newest(self, username: str) -> list[Deleted[T]]:
        """What a user deleted of this kind, the latest first, of the newest hundred of all; one request."""
        query = Query(
            TRASH,
            KeyCondition("username").eq(username),
            filter=Attr("kind").eq(self.name),
            limit=SHOWN,
            descending=True,
        )
        return [self._deleted(item) for item in store().query(query).items if not _is_over(item)]

    def every(self, username: str) -> Iterator[Deleted[T]]:
        """All that a user deleted of this kind, read consistently; one request for each 1 MB of what was deleted."""
        query = Query(TRASH, KeyCondition("username").eq(username), filter=Attr("kind").eq(self.name), consistent=True)
        return (self._deleted(item) for item in every(query) if not _is_over(item))

    def _deleted(self, item: Item) -> Deleted[T]:
        return Deleted(item["username"], item["entry"], self.from_item(dict(item["row"])))


def entry_of(identifier: str, deleted_at: datetime) -> str:
    """The key of something deleted at this time."""
    return ids.time_key(deleted_at, identifier)


def identifier_of(entry: str) -> str:
    """The id of what was deleted under this key."""
    return entry.partition("#")[2]


def _deleted_at(entry: str) -> datetime:
    return clock.from_text(entry.partition("#")[0])


def _ends(entry: str) -> int:
    return clock.to_seconds(_deleted_at(entry) + KEPT)


def _is_over(item: Item) -> bool:
    return int(item["ttl"]) <= clock.to_seconds(clock.now())


MEASURES = (
    Measure(TRASH, lambda item: expiring(int(item["ttl"]), rows=1), lambda key: expiring(_ends(key["entry"]), rows=1)),
)
"""A deleted row counts until it leaves the trash, of whatever kind it is."""
