"""Things that can be restored: what one that was deleted is, and finding it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Generic, TypeVar

from core.reading import every, row
from core.storage import Delete, Item, Put, store
from core.trash.repository import (
    LONGEST_ENTRY,
    deleted_at,
    is_over,
    trash_address,
    trash_delete,
    trash_put,
    trash_query,
)

SHOWN = 100
"""The newest rows of the trash, of every kind, of which a page shows those of one."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Deleted(Generic[T]):
    """A thing that was deleted, `value`, as it was; `entry` is its key, by which it is restored."""

    username: str
    entry: str
    value: T

    @property
    def deleted_at(self) -> datetime:
        return deleted_at(self.entry)

    def restore(self) -> Delete:
        """The write that belongs into the transaction that restores it; fails (label `trash`) where it is gone."""
        return trash_delete(self.username, self.entry)


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of things that can be restored: its name in the rows of the trash, and how its own rows are read."""

    name: str
    from_item: Callable[[Item], T]

    def keep_deleted(self, username: str, entry: str, row: Item) -> Put:
        """The write that keeps a row under a key of `entry_of`; it belongs into the transaction that deletes it."""
        return trash_put(username, entry, self.name, row)

    def find(self, username: str, entry: str) -> Deleted[T] | None:
        """One of this kind, read consistently; None where a user deleted none so, or longer ago than it is kept."""
        item = row(trash_address(username, entry)) if 0 < len(entry) <= LONGEST_ENTRY else None
        return None if item is None or item["kind"] != self.name or is_over(item) else self._deleted(item)

    def newest(self, username: str) -> list[Deleted[T]]:
        """What a user deleted of this kind, the latest first, of the newest hundred of all; one request."""
        page = store().query(replace(trash_query(username, self.name), limit=SHOWN, descending=True))
        return [self._deleted(item) for item in page.items if not is_over(item)]

    def every(self, username: str) -> Iterator[Deleted[T]]:
        """All that a user deleted of this kind, read consistently; one request for each 1 MB of what was deleted."""
        found = every(replace(trash_query(username, self.name), consistent=True))
        return (self._deleted(item) for item in found if not is_over(item))

    def _deleted(self, item: Item) -> Deleted[T]:
        return Deleted(item["username"], item["entry"], self.from_item(dict(item["row"])))
