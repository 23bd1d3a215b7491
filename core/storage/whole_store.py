"""A whole store: its items, and the administration of its tables, which the running site does not need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice

from core import clock
from core.storage.codec import decode_item
from core.storage.item_store import MOST_BATCH_WRITES, ItemStore
from core.storage.operations import Item, Put, TableSize
from core.storage.schema import Table


class Store(ItemStore):
    """The items of a store, and its tables: how they are made, described, changed and moved."""

    def create_tables(self, tables: Iterable[Table]) -> list[str]:
        """Make those that are missing; the names of those made. Safe to repeat."""
        return [table.name for table in tables if self._backend.create(table)]

    def add_index(self, table: Table, name: str) -> None:
        """Make one of the declared indexes that is missing, and return once it holds every item.

        Raises TableMissing, and on SQLite InvalidOperation when an item holds another type in a key of the index;
        DynamoDB leaves such an item out of it.
        """
        self._backend.add_index(table, table.index(name))

    def add_ttl(self, table: Table) -> None:
        """Let items expire as declared, existing ones too. Raises TableMissing."""
        if table.ttl is not None:
            self._backend.add_ttl(table, table.ttl)

    def conform(self, table: Table) -> bool:
        """Bring the indexes and the TTL of a table that exists to its declaration; whether anything differed.

        Nobody else may use the store meanwhile. Indexes that are not declared are dropped; no item changes. Raises
        TableMissing, and InvalidOperation where the key is another one, as `add_index` does, and on a server, whose
        tables are changed one by one by `manage.py createtables`.
        """
        return self._backend.conform(table)

    def used_elsewhere(self) -> bool:
        """Whether another process has the store open; False on a server, which does not say.

        No other thread of this process may use the store at that moment.
        """
        return self._backend.used_elsewhere()

    def describe(self, table: Table) -> Table | None:
        """The key, indexes and TTL attribute as they are in the store; None when the table is missing."""
        return self._backend.describe(table)

    def size(self, table: Table) -> TableSize | None:
        """How much the table holds; None when it is missing. DynamoDB's figure is up to six hours old."""
        return self._backend.size(table)

    def drop(self, table: Table) -> None:
        """Delete the table and all its items; nothing happens where there is none."""
        self._backend.drop(table)

    def dump(self, table: Table) -> Iterator[Item]:
        """Every item of a table, streamed, in no order."""
        for page in self._backend.scan(table):
            yield from map(decode_item, page)

    def load(self, table: Table, items: Iterable[Item]) -> int:
        """Put every item; the number written."""
        count = 0
        rest = iter(items)
        while batch := [Put(table, item) for item in islice(rest, MOST_BATCH_WRITES)]:
            self.batch_write(batch)
            count += len(batch)
        return count

    @contextmanager
    def snapshot(self) -> Iterator[Store]:
        """The data of one moment, to dump it: on SQLite a copy of the file, on DynamoDB the tables as they are read."""
        with self._backend.snapshot() as backend:
            yield Store(backend)

    def purge_expired(self, now: datetime) -> int:
        """Delete items whose TTL is at or before `now`, and return how many; 0 where the server does so by itself.

        Until then they are returned like any other, as on DynamoDB: readers must compare the time.
        """
        return self._backend.purge_expired(clock.to_seconds(now))

    def catch_up(self) -> None:
        """Bring the indexes of a store opened with `index_lag` up to date; nothing happens on any other."""
        self._backend.catch_up()

    def close(self) -> None:
        """Give back what is held: files, sockets."""
        self._backend.close()
