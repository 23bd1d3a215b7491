"""What every backend of the item store can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from boto3.dynamodb.conditions import ConditionBase

from core.storage.operations import Change, Delete, Get, Item, Key, Page, Put, Query, TableSize, Update, Write
from core.storage.schema import Table


class ItemStore(Protocol):
    """Items in tables, with DynamoDB's meaning on every backend. One call is one request.

    Numbers come back as Decimal. Raises the errors of `core.storage.errors`: InvalidOperation for a call that
    breaks a rule, StoreUnavailable when retries are used up.

    A call that was throttled or in conflict is tried again: nothing was written. When a server's answer is lost, reads,
    transactions (by their token, never done twice) and writes that may be repeated are tried again. A single put,
    update or delete is not, if it has a condition, adds, or deletes: it may have been done. StoreUnavailable then says
    that nothing is known, and who must know puts the write into a transaction or reads before trying again.
    """

    def get(self, table: Table, key: Key, *, consistent: bool = False) -> Item | None:
        """The item of a key, None where there is none."""

    def batch_get(self, gets: Sequence[Get], *, consistent: bool = False) -> list[Item | None]:
        """Up to 100 items of any tables in one request, in the order asked, None where there is none.

        The same key twice is refused. Keys that the store leaves unread are read again within the retry budget.
        """

    def put(self, table: Table, item: Item, *, condition: ConditionBase | None = None, label: str = "") -> None:
        """Write a whole item. Raises ConditionFailed."""

    def update(
        self,
        table: Table,
        key: Key,
        update: Update,
        *,
        condition: ConditionBase | None = None,
        label: str = "",
    ) -> Item:
        """Change one item and return it as it is afterwards, `{}` for none. Raises ConditionFailed."""

    def delete(self, table: Table, key: Key, *, condition: ConditionBase | None = None, label: str = "") -> Item | None:
        """Take away one item and return what was there. Raises ConditionFailed."""

    def write(self, write: Put | Change | Delete) -> Item:
        """A put, update or delete as a value: the item as an update left it or a delete found it, `{}` for none.

        Raises ConditionFailed.
        """

    def query(self, query: Query) -> Page:
        """One page of rows."""

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        """Up to 25 puts and deletes without conditions, in no order, not all or nothing.

        Raises UnprocessedItems with what was left when retries are used up.
        """

    def transact_write(self, writes: Sequence[Write]) -> None:
        """Up to 100 writes, all or nothing, no two of them on one item. Raises TransactionCancelled."""


class TableAdministration(Protocol):
    """Making, describing and moving whole tables; the running site needs none of it."""

    def create_tables(self, tables: Iterable[Table]) -> list[str]:
        """Make those that are missing; the names of those made. Safe to repeat."""

    def add_index(self, table: Table, name: str) -> None:
        """Make one of the declared indexes that does not stand yet, and return once it holds every item.

        Raises TableMissing, and on SQLite InvalidOperation when an item holds another type in a key of the index;
        DynamoDB leaves such an item out of it.
        """

    def add_ttl(self, table: Table) -> None:
        """Let items expire as declared, those that stand too. Raises TableMissing."""

    def conform(self, table: Table) -> bool:
        """Bring the indexes and the TTL of a table that exists to its declaration; whether anything differed.

        Nobody else may use the store meanwhile. Indexes that are not declared are dropped; no item changes. Raises
        TableMissing, and InvalidOperation where the key is another one, as `add_index` does, and on a server, whose
        tables are changed one by one by `manage.py createtables`.
        """

    def used_elsewhere(self) -> bool:
        """Whether another process has the store open; False on a server, which does not say.

        No other thread of this process may be at the store.
        """

    def describe(self, table: Table) -> Table | None:
        """The key, indexes and TTL attribute as they stand in the store; None when the table is missing."""

    def size(self, table: Table) -> TableSize | None:
        """How much the table holds; None when it is missing. DynamoDB's figure is up to six hours old."""

    def drop(self, table: Table) -> None:
        """Take the table and all its items away; nothing happens where there is none."""

    def dump(self, table: Table) -> Iterator[Item]:
        """Every item of a table, streamed, in no order."""

    def snapshot(self) -> AbstractContextManager[TableAdministration]:
        """The data of one moment, to dump it: on SQLite a copy of the file, on DynamoDB the tables as they are read."""

    def purge_expired(self, now: datetime) -> int:
        """Take away items whose TTL is at or before `now`, and say how many; 0 where the server does so by itself.

        Until then they are returned like any other, as on DynamoDB: who reads them must look at the time.
        """

    def catch_up(self) -> None:
        """Bring the indexes of a store opened with `index_lag` up to date; nothing happens on any other."""

    def load(self, table: Table, items: Iterable[Item]) -> int:
        """Put every item; the number written."""
