"""The embedded store with indexes that lag, as those of DynamoDB may: an aid to find code that trusts an index."""

import functools
import sqlite3
from dataclasses import replace

from core.storage.backend import Answer, TypedPage
from core.storage.item_json import to_json
from core.storage.prepared import TypedQuery
from core.storage.schema import Index, Table
from core.storage.sizes import item_size
from core.storage.sqlite import queries
from core.storage.sqlite.backend import SqliteBackend
from core.storage.sqlite.connections import Connections
from core.storage.sqlite.rows import ABSENT, Row, from_json
from core.storage.sqlite.statements import Statements, declared
from core.storage.sqlite.writes import Written, keep, stored

WAITING = """
CREATE TABLE IF NOT EXISTS "waiting" (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, key TEXT NOT NULL, item TEXT NOT NULL
)
"""


class LaggingBackend(SqliteBackend):
    """Tables are up to date; a query on an index finds the items as they were `writes_behind` items ago.

    Every item written, of whatever table, counts as one, so that the rows of one transaction may show one after the
    other. Each table has a second one, as it was; what is not yet in that one waits in a table of its own. Both are
    made again when the store is opened, which brings the indexes up to date.
    """

    def __init__(self, connections: Connections, writes_behind: int) -> None:
        super().__init__(connections)
        self._writes_behind = writes_behind
        with self._connections.writing() as connection:
            connection.execute(WAITING)
            connection.execute("DELETE FROM waiting")
            for row in connection.execute("SELECT name, declaration FROM catalog").fetchall():
                _copy(connection, declared(*row))

    def query(self, query: TypedQuery) -> Answer[TypedPage]:
        if query.index is None:
            return super().query(query)
        with self._connections.reading() as connection:
            return queries.page(connection, _as_it_was(query.table), query)

    def create(self, table: Table) -> bool:
        made = super().create(table)
        if made:
            with self._connections.writing() as connection:
                _copy(connection, table)
        return made

    def add_index(self, table: Table, index: Index) -> None:
        super().add_index(table, index)
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM waiting WHERE name = ?", (table.name,))
            _copy(connection, table)

    def conform(self, table: Table) -> bool:
        existing = self.describe(table)
        altered = super().conform(table)
        if altered and existing is not None:
            with self._connections.writing() as connection:
                connection.execute("DELETE FROM waiting WHERE name = ?", (table.name,))
                _drop_copy(connection, existing)
                _copy(connection, table)
        return altered

    def drop(self, table: Table) -> None:
        existing = self.describe(table)
        super().drop(table)
        if existing is not None:
            with self._connections.writing() as connection:
                connection.execute("DELETE FROM waiting WHERE name = ?", (table.name,))
                _drop_copy(connection, existing)

    def catch_up(self) -> None:
        with self._connections.writing() as connection:
            _show(connection, leave=0)

    def _keep(self, connection: sqlite3.Connection, statements: Statements, before: Row, after: Row) -> Written:
        written = super()._keep(connection, statements, before, after)
        if known := after.item or before.item:
            key = {name: known[name] for name in statements.table.key_names}
            row = (statements.table.name, to_json(key), to_json(after.item))
            connection.execute("INSERT INTO waiting (name, key, item) VALUES (?, ?, ?)", row)
            _show(connection, leave=self._writes_behind)
        return written


def _show(connection: sqlite3.Connection, *, leave: int) -> None:
    """Carry out what waits on the tables as they were, but for the last `leave`."""
    waiting = connection.execute(
        "SELECT number, name, declaration, key, item FROM waiting JOIN catalog USING (name) "
        "ORDER BY number LIMIT max(0, (SELECT COUNT(*) FROM waiting) - ?)",
        (leave,),
    ).fetchall()
    for number, name, declaration, key, item in waiting:
        statements = _as_it_was(_declared(name, declaration))
        keep(connection, statements, stored(connection, statements, from_json(key)), _row(item))
        connection.execute("DELETE FROM waiting WHERE number = ?", (number,))


def _row(text: str) -> Row:
    item = from_json(text)
    return Row(item, item_size(item))


def _copy(connection: sqlite3.Connection, table: Table) -> None:
    """Make the table as it was, from the table as it is."""
    _drop_copy(connection, table)
    statements = _as_it_was(table)
    for statement in statements.create():
        connection.execute(statement)
    for text, *_ in connection.execute(Statements(table).scan, (b"", b"", -1)).fetchall():
        keep(connection, statements, ABSENT, _row(text))


def _drop_copy(connection: sqlite3.Connection, table: Table) -> None:
    for statement in _as_it_was(table).drop():
        connection.execute(statement)


@functools.cache
def _as_it_was(table: Table) -> Statements:
    return Statements(replace(table, name=f"{table.name} as it was", ttl=None))


@functools.cache
def _declared(name: str, declaration: str) -> Table:
    return declared(name, declaration)
