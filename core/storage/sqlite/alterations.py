"""Bringing a table that exists to its declaration: its indexes, and the attribute by which its items expire."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from core.storage.checks import check_index_keys
from core.storage.codec import AttributeMap
from core.storage.schema import Index, Table
from core.storage.sqlite.rows import KeyBytes, expiry, from_json, index_bytes
from core.storage.sqlite.statements import IndexStatements, Statements, declaration

PAGE = 500


def add_index(connection: sqlite3.Connection, existing: Table, index: Index) -> None:
    """Make the index and fill it from the items, inside the caller's transaction.

    Raises InvalidOperation when an item holds another type in an attribute of its key.
    """
    statements = IndexStatements(existing, index)
    connection.execute(statements.drop)
    connection.execute(statements.create)
    altered = replace(existing, indexes=(*existing.indexes, index))
    for item, address in _rows(connection, Statements(existing)):
        check_index_keys(altered, item)
        key = index_bytes(index, item)
        if key is not None:
            connection.execute(statements.put, (*key, *address))
    _catalogue(connection, altered)


def add_ttl(connection: sqlite3.Connection, existing: Table, ttl: str) -> None:
    """Let items expire by an attribute, existing ones too, inside the caller's transaction."""
    altered = replace(existing, ttl=ttl)
    statements = Statements(altered)
    for item, address in _rows(connection, statements):
        connection.execute(statements.expire, (expiry(altered, item), *address))
    connection.execute(statements.create_expiry)
    _catalogue(connection, altered)


def conform(connection: sqlite3.Connection, existing: Table, declared: Table) -> None:
    """Drop what is not declared, make what is missing, inside the caller's transaction; the items stay as they are.

    An index that is dropped is made again from the items by the release that declares it. Raises InvalidOperation as
    `add_index` does.
    """
    wanted = {index.name: index.key for index in declared.indexes}
    kept = {index.name: index for index in existing.indexes if wanted.get(index.name) == index.key}
    for index in existing.indexes:
        if index.name not in kept:
            connection.execute(IndexStatements(existing, index).drop)
    altered = replace(existing, indexes=tuple(kept.values()))
    for index in declared.indexes:
        if index.name not in kept:
            add_index(connection, altered, index)
            altered = replace(altered, indexes=(*altered.indexes, index))
    if existing.ttl != declared.ttl:
        connection.execute(Statements(existing).drop_expiry)
        altered = replace(altered, ttl=None)
        if declared.ttl is not None:
            add_ttl(connection, altered, declared.ttl)
            return
    _catalogue(connection, altered)


def _rows(connection: sqlite3.Connection, statements: Statements) -> Iterator[tuple[AttributeMap, KeyBytes]]:
    """Every item with its key, some hundred at a time: what is being read must not be written to."""
    address: KeyBytes = (b"", b"")
    while rows := connection.execute(statements.scan, (*address, PAGE)).fetchall():
        for text, *after in rows:
            address = (after[0], after[1])
            yield from_json(text), address


def _catalogue(connection: sqlite3.Connection, altered: Table) -> None:
    connection.execute("UPDATE catalog SET declaration = ? WHERE name = ?", (declaration(altered), altered.name))
