"""Pages of a query on SQLite."""

import sqlite3

from core.storage.backend import Answer, TypedPage
from core.storage.codec import AttributeMap
from core.storage.conditions import KeyRange
from core.storage.prepared import TypedQuery, cursor_names
from core.storage.sizes import LARGEST_PAGE, read_units
from core.storage.sqlite.rows import from_json, key_bytes, sortable
from core.storage.sqlite.statements import Statements

SORT_CONDITIONS = {
    "": "",
    # as a range, or SQLite sorts again what is in order: it takes the constant column for no part of the order
    "=": "{column} BETWEEN ? AND ?",
    "<": "{column} < ?",
    "<=": "{column} <= ?",
    ">": "{column} > ?",
    ">=": "{column} >= ?",
    "BETWEEN": "{column} BETWEEN ? AND ?",
    "begins_with": "{column} >= ? AND {column} < ?",
}


def page(connection: sqlite3.Connection, statements: Statements, query: TypedQuery) -> Answer[TypedPage]:
    """One page: at most `limit` rows and 1 MB are read, the filter is applied afterwards."""
    sql = statements.select(
        query.index, SORT_CONDITIONS[query.range.operator], after=query.cursor is not None, descending=query.descending
    )
    items: list[AttributeMap] = []
    read = 0
    last: AttributeMap | None = None
    for count, (text, size) in enumerate(connection.execute(sql, _parameters(query)), start=1):
        if last is not None and read + size > LARGEST_PAGE:
            break
        last = from_json(text)
        read += size
        if query.filter is None or query.filter.holds(last):
            items.append(last)
        if count == query.limit:
            break
    else:
        last = None
    cursor = None if last is None else {name: last[name] for name in cursor_names(query.table, query.index)}
    return Answer(TypedPage(items, cursor), read_units(read, consistent=query.consistent))


def _parameters(query: TypedQuery) -> list[bytes]:
    parameters = [sortable(query.range.partition), *_bounds(query.range)]
    if query.cursor is not None:
        if query.index is None:
            parameters.append(key_bytes(query.table.key, query.cursor)[1])
        else:
            parameters.append(key_bytes(query.index.key, query.cursor)[1])
            parameters.extend(key_bytes(query.table.key, query.cursor))
    return parameters


def _bounds(selected: KeyRange) -> list[bytes]:
    bounds = [sortable(bound) for bound in selected.bounds]
    if selected.operator == "=":
        bounds *= 2
    if selected.operator == "begins_with":
        # the end of a prefix: no byte of UTF-8 is 0xFF
        bounds.append(bounds[0] + b"\xff")
    return bounds
