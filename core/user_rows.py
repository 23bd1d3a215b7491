"""All rows of one user, wherever they are: found by the keys that tables declare, so that a new table is included."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from core import wiring
from core.outbox.repository import user_queries
from core.reading import every, many
from core.storage import Delete, Get, Item, Key, KeyCondition, Query, Table, store
from core.tables import OUTBOX

BATCH = 25


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading goes on: behind the row `key` of the table of this name, at its first row where `key` is None."""

    table: str
    key: Key | None = None


@dataclass(frozen=True, slots=True)
class TablePage:
    """Rows of one table, and where reading goes on; None after the last row of the last table."""

    table: Table
    items: tuple[Item, ...]
    following: Position | None


def has_rows_of_users(name: str) -> bool:
    """Whether a table of this name is one that holds rows of users."""
    return any(table.name == name and query_of(table, "") for table in wiring.tables())


def pages_of(username: str, start: Position | None = None, *, limit: int) -> Iterator[TablePage]:
    """All rows of a user from a position on, at most `limit` and 1 MB at once, one request each.

    Each table has a page, if an empty one. Rows that are written meanwhile may be missing.
    """
    tables = {table.name: (table, query) for table in wiring.tables() if (query := query_of(table, username))}
    at = start or Position(next(iter(tables)))
    while True:
        table, query = tables[at.table]
        page = store().query(replace(query, limit=limit, cursor=at.key))
        following = _after(list(tables), at.table) if page.cursor is None else Position(at.table, page.cursor)
        yield TablePage(table, page.items, following)
        if following is None:
            return
        at = following


def _after(names: list[str], name: str) -> Position | None:
    rest = names[names.index(name) + 1 :]
    return Position(rest[0]) if rest else None


def rows_of(username: str, names: Collection[str] | None = None) -> Iterator[tuple[Table, Item]]:
    """Every row whose table, or else one of its indexes, is partitioned by username; of the tables named, or of all."""
    for table in wiring.tables():
        if names is not None and table.name not in names:
            continue
        query = query_of(table, username)
        if query is not None:
            for item in every(query):
                yield table, item


def delete_rows_of(username: str, *, keep: Table) -> int:
    """Delete all these rows but those of one table; how many there were. Safe to repeat.

    An index may still show rows that are gone; they do not count, so that a caller who repeats it comes to an end.
    """
    shown = [Get(table, _key(table, item)) for table, item in rows_of(username) if table != keep]
    deletes = [Delete(row.table, row.key) for row in _that_are_there(shown)]
    _delete(deletes)
    return len(deletes)


def delete_events_of(username: str, *, keep: str) -> None:
    """Delete the user's events that wait or were given up, but those of one name."""
    _delete(
        [
            Delete(OUTBOX, _key(OUTBOX, item))
            for query in user_queries(username)
            for item in every(query)
            if item.get("name") != keep
        ]
    )


def _key(table: Table, item: Item) -> Key:
    return {name: item[name] for name in table.key_names}


def _that_are_there(shown: list[Get]) -> Iterator[Get]:
    yield from (row for row in shown if row.table.partition.name == "username")
    of_indexes = [row for row in shown if row.table.partition.name != "username"]
    yield from (row for row, item in zip(of_indexes, many(of_indexes), strict=True) if item is not None)


def _delete(deletes: list[Delete]) -> None:
    for start in range(0, len(deletes), BATCH):
        store().batch_write(deletes[start : start + BATCH])


def query_of(table: Table, username: str) -> Query | None:
    """What reads the user's rows of a table; None where they are not found by the username."""
    where = KeyCondition("username").eq(username)
    if table.partition.name == "username":
        return Query(table, where, consistent=True)
    for index in table.indexes:
        if index.partition.name == "username":
            return Query(table, where, index=index.name)
    return None
