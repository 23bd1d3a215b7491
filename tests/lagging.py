"""A store whose indexes lag behind its tables, as those of DynamoDB may: for code that must not trust an index."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from boto3.dynamodb.conditions import ConditionBase

from core import wiring
from core.storage import (
    Change,
    Check,
    Delete,
    Item,
    Key,
    Page,
    Put,
    Query,
    Store,
    Table,
    Update,
    Write,
    open_store,
)


class LaggingStore(Store):
    """Tables are up to date; an index shows the items as they were so many writes before.

    `catch_up()` brings the indexes up to date.
    """

    def __init__(self, writes_behind: int, tables: Sequence[Table] | None = None) -> None:
        now, before = open_store("memory://"), open_store("memory://")
        super().__init__(now._backend)
        self._before = before
        self._writes_behind = writes_behind
        self._waiting: deque[list[tuple[Table, Item, Item | None]]] = deque()
        for store in (now, before):
            store.create_tables(wiring.tables() if tables is None else tables)

    def put(self, table: Table, item: Item, *, condition: ConditionBase | None = None, label: str = "") -> None:
        super().put(table, item, condition=condition, label=label)
        self._later([(table, item)])

    def update(
        self,
        table: Table,
        key: Key,
        update: Update,
        *,
        condition: ConditionBase | None = None,
        label: str = "",
    ) -> Item:
        after = super().update(table, key, update, condition=condition, label=label)
        self._later([(table, key)])
        return after

    def delete(self, table: Table, key: Key, *, condition: ConditionBase | None = None, label: str = "") -> Item | None:
        before = super().delete(table, key, condition=condition, label=label)
        self._later([(table, key)])
        return before

    def batch_write(self, writes: Sequence[Put | Delete]) -> None:
        super().batch_write(writes)
        self._later([_address(write) for write in writes])

    def transact_write(self, writes: Sequence[Write]) -> None:
        super().transact_write(writes)
        self._later([_address(write) for write in writes])

    def query(self, query: Query) -> Page:
        return super().query(query) if query.index is None else self._before.query(query)

    def catch_up(self) -> None:
        """Show every write on the indexes."""
        while self._waiting:
            self._show(self._waiting.popleft())

    def _later(self, written: Sequence[tuple[Table, Key]]) -> None:
        rows = []
        for table, item in written:
            key = {name: item[name] for name in table.key_names}
            rows.append((table, key, self.get(table, key, consistent=True)))
        self._waiting.append(rows)
        while len(self._waiting) > self._writes_behind:
            self._show(self._waiting.popleft())

    def _show(self, rows: list[tuple[Table, Item, Item | None]]) -> None:
        for table, key, item in rows:
            if item is None:
                self._before.delete(table, key)
            else:
                self._before.put(table, item)


def _address(write: Write) -> tuple[Table, Key]:
    match write:
        case Put(table=table, item=item):
            return table, item
        case Change(table=table, key=key) | Delete(table=table, key=key) | Check(table=table, key=key):
            return table, key
