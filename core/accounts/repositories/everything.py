"""All rows of one user, wherever they are: found by the keys that tables declare, so that a new table is included."""

from __future__ import annotations

from collections.abc import Iterator

from core import wiring
from core.events import shard_of
from core.reading import every
from core.storage import Attr, Delete, Get, Item, KeyCondition, Query, Table, store
from core.tables import OUTBOX

BATCH = 25
READ_AT_ONCE = 100
GIVEN_UP = "dead"


def rows_of(username: str) -> Iterator[tuple[Table, Item]]:
    """Every row whose table, or else one of its indexes, is partitioned by username."""
    for table in wiring.tables():
        query = query_of(table, username)
        if query is not None:
            for item in every(query):
                yield table, item


def delete_rows_of(username: str, *, keep: Table) -> int:
    """Take all these rows away but those of one table; how many there were. Safe to repeat.

    An index may still show rows that are gone; those do not count, so that repeating it comes to an end.
    """
    shown = [
        Get(table, {name: item[name] for name in table.key_names}) for table, item in rows_of(username) if table != keep
    ]
    deletes = [Delete(row.table, row.key) for row in _that_are_there(shown)]
    _delete(deletes)
    return len(deletes)


def delete_events_of(username: str, *, keep: str) -> None:
    """Take away the user's events that wait or were given up, but those of one name."""
    _delete(
        [
            Delete(OUTBOX, {"shard": item["shard"], "event_id": item["event_id"]})
            for query in queries_of_events(username)
            for item in every(query)
            if item.get("name") != keep
        ]
    )


def _that_are_there(shown: list[Get]) -> Iterator[Get]:
    yield from (row for row in shown if row.table.partition.name == "username")
    of_indexes = [row for row in shown if row.table.partition.name != "username"]
    for start in range(0, len(of_indexes), READ_AT_ONCE):
        some = of_indexes[start : start + READ_AT_ONCE]
        items = store().batch_get(some, consistent=True)
        yield from (row for row, item in zip(some, items, strict=True) if item is not None)


def _delete(deletes: list[Delete]) -> None:
    for start in range(0, len(deletes), BATCH):
        store().batch_write(deletes[start : start + BATCH])


def queries_of_events(username: str) -> list[Query]:
    """The user's events that wait, and those that were given up."""
    return [
        Query(OUTBOX, KeyCondition("shard").eq(shard), filter=Attr("username").eq(username), consistent=True)
        for shard in (shard_of(username), GIVEN_UP)
    ]


def query_of(table: Table, username: str) -> Query | None:
    """What reads the user's rows of a table; None where they are not found by the username."""
    where = KeyCondition("username").eq(username)
    if table.partition.name == "username":
        return Query(table, where, consistent=True)
    for index in table.indexes:
        if index.partition.name == "username":
            return Query(table, where, index=index.name)
    return None
