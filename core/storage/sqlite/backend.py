"""The backend on SQLite."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from core.storage.backend import Answer, Backend, TypedPage
from core.storage.codec import AttributeMap, decode_item
from core.storage.errors import ConditionFailed, InvalidOperation, Reason, TableMissing, TransactionCancelled
from core.storage.operations import TableSize
from core.storage.prepared import TypedQuery, TypedWrite
from core.storage.schema import Index, Table, same_shape
from core.storage.sizes import read_units, write_units
from core.storage.sqlite import alterations, queries
from core.storage.sqlite.connections import Connections
from core.storage.sqlite.rows import ABSENT, Row, from_json
from core.storage.sqlite.statements import CATALOG, Statements, declaration, declared
from core.storage.sqlite.writes import Written, keep, outcome, stored

SCAN_PAGE = 500


class SqliteBackend:
    """Items in one SQLite database. Each call is one transaction of SQLite; no call waits for a lock twice."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._statements: dict[str, Statements] = {}
        with self._connections.writing() as connection:
            connection.execute(CATALOG)

    def get(self, table: Table, key: AttributeMap, *, consistent: bool) -> Answer[AttributeMap | None]:
        with self._connections.reading() as connection:
            row = stored(connection, self._of(table), key)
        return Answer(row.item or None, read_units(row.size, consistent=consistent))

    def batch_get(
        self, keys: Sequence[tuple[Table, AttributeMap]], *, consistent: bool
    ) -> Answer[dict[int, AttributeMap | None]]:
        with self._connections.reading() as connection:
            rows = [stored(connection, self._of(table), key) for table, key in keys]
        units = sum(read_units(row.size, consistent=consistent) for row in rows)
        return Answer({position: row.item or None for position, row in enumerate(rows)}, units)

    def write(self, write: TypedWrite) -> Answer[AttributeMap | None]:
        statements = self._of(write.table)
        with self._connections.writing() as connection:
            before = stored(connection, statements, write.key)
            if write.condition is not None and not write.condition.holds(before.item):
                raise ConditionFailed(write.label, decode_item(before.item) if before.item else None)
            after = outcome(write, before)
            written = self._keep(connection, statements, before, after)
        return Answer((before if write.delete else after).item or None, 0, sum(written))

    def query(self, query: TypedQuery) -> Answer[TypedPage]:
        with self._connections.reading() as connection:
            return queries.page(connection, self._of(query.table), query)

    def batch_write(self, writes: Sequence[TypedWrite]) -> Answer[list[TypedWrite]]:
        with self._connections.writing() as connection:
            return Answer([], 0, sum(map(sum, self._keep_all(connection, writes))))

    def transact_write(self, writes: Sequence[TypedWrite], token: str) -> Answer[None]:
        with self._connections.writing() as connection:
            written = self._keep_all(connection, writes)
            return Answer(None, 0, sum(2 * each.item + each.indexes for each in written))

    def create(self, table: Table) -> bool:
        with self._connections.writing() as connection:
            existing = _catalogued(connection, table)
            if existing is not None:
                if not same_shape(existing, table):
                    raise InvalidOperation(
                        f"{table.name} exists in the store with another key, indexes or TTL than declared: "
                        "dump it, drop it, create it and load it"
                    )
                return False
            for statement in self._of(table).create():
                connection.execute(statement)
            connection.execute("INSERT INTO catalog VALUES (?, ?)", (table.name, declaration(table)))
            return True

    def add_index(self, table: Table, index: Index) -> None:
        with self._connections.writing() as connection:
            alterations.add_index(connection, _existing(connection, table), index)

    def add_ttl(self, table: Table, ttl: str) -> None:
        with self._connections.writing() as connection:
            alterations.add_ttl(connection, _existing(connection, table), ttl)

    def conform(self, table: Table) -> bool:
        with self._connections.writing() as connection:
            existing = _existing(connection, table)
            if existing.key != table.key:
                raise InvalidOperation(f"{table.name} exists with another key than declared: dump it, drop it, load it")
            if same_shape(existing, table):
                return False
            alterations.conform(connection, existing, table)
            return True

    def describe(self, table: Table) -> Table | None:
        with self._connections.reading() as connection:
            return _catalogued(connection, table)

    def size(self, table: Table) -> TableSize | None:
        with self._connections.reading() as connection:
            if _catalogued(connection, table) is None:
                return None
            return TableSize(*connection.execute(self._of(table).total).fetchone())

    def drop(self, table: Table) -> None:
        with self._connections.writing() as connection:
            existing = _catalogued(connection, table)
            if existing is not None:
                for statement in Statements(existing).drop():
                    connection.execute(statement)
                connection.execute("DELETE FROM catalog WHERE name = ?", (table.name,))

    def scan(self, table: Table) -> Iterator[list[AttributeMap]]:
        after = (b"", b"")
        while True:
            with self._connections.reading() as connection:
                rows = connection.execute(self._of(table).scan, (*after, SCAN_PAGE)).fetchall()
            if not rows:
                return
            yield [from_json(text) for text, _, _ in rows]
            after = rows[-1][1:]

    @contextmanager
    def snapshot(self) -> Iterator[Backend]:
        with self._connections.snapshot() as connections:
            yield SqliteBackend(connections)

    def purge_expired(self, now: int) -> int:
        with self._connections.reading() as connection:
            tables = [declared(*row) for row in connection.execute("SELECT name, declaration FROM catalog")]
        return sum(self._purge(Statements(table), now) for table in tables if table.ttl is not None)

    def used_elsewhere(self) -> bool:
        return self._connections.used_elsewhere()

    def catch_up(self) -> None:
        pass  # index rows are written in the transaction of their item

    def close(self) -> None:
        self._connections.close()

    def _purge(self, statements: Statements, now: int) -> int:
        """In slices, so that no writer waits long."""
        purged = 0
        while True:
            with self._connections.writing() as connection:
                rows = connection.execute(statements.expired, (now, SCAN_PAGE)).fetchall()
                for text, size in rows:
                    self._keep(connection, statements, Row(from_json(text), size), ABSENT)
            purged += len(rows)
            if len(rows) < SCAN_PAGE:
                return purged

    def _keep_all(self, connection: sqlite3.Connection, writes: Sequence[TypedWrite]) -> list[Written]:
        """Carry out all writes; a check costs what it looked at. Raises TransactionCancelled when a condition fails."""
        rows = [stored(connection, self._of(write.table), write.key) for write in writes]
        reasons = tuple(_reason(write, row) for write, row in zip(writes, rows, strict=True))
        if any(reason.failed for reason in reasons):
            raise TransactionCancelled(reasons)
        return [
            self._keep(connection, self._of(write.table), row, outcome(write, row))
            if write.item is not None or write.update is not None or write.delete
            else Written(write_units(row.size))
            for write, row in zip(writes, rows, strict=True)
        ]

    def _keep(self, connection: sqlite3.Connection, statements: Statements, before: Row, after: Row) -> Written:
        """Every change of an item passes here."""
        return keep(connection, statements, before, after)

    def _of(self, table: Table) -> Statements:
        statements = self._statements.get(table.name)
        if statements is None or statements.table is not table:
            statements = self._statements[table.name] = Statements(table)
        return statements


def _reason(write: TypedWrite, row: Row) -> Reason:
    if write.condition is None or write.condition.holds(row.item):
        return Reason("None", write.label)
    return Reason("ConditionalCheckFailed", write.label, decode_item(row.item) if row.item else None)


def _catalogued(connection: sqlite3.Connection, table: Table) -> Table | None:
    row = connection.execute("SELECT name, declaration FROM catalog WHERE name = ?", (table.name,)).fetchone()
    return None if row is None else declared(*row)


def _existing(connection: sqlite3.Connection, table: Table) -> Table:
    existing = _catalogued(connection, table)
    if existing is None:
        raise TableMissing(f"no such table: {table.name}: run `python manage.py createtables`")
    return existing
