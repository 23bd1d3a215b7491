"""Connections to SQLite: a bounded pool on a file, or one in memory under a lock."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from core.storage.errors import StorageError, StoreUnavailable, TableMissing, Throttled

MOST_CONNECTIONS = 16
BUSY_SECONDS = 1.0
"""How long SQLite waits for another process's write before the store's own retries take over."""

STATEMENTS_KEPT = 512


class Connections(Protocol):
    """Where a backend borrows a connection for one operation. Errors of SQLite leave as StorageError."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection to read with."""

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection in a write transaction, committed at the end, rolled back by any error."""

    def close(self) -> None:
        """Close what is idle; nothing may be borrowed afterwards."""


class MemoryConnection:
    """One connection to a database that lives as long as it does. One thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = _connect(":memory:")
        _after_fork.add(self)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated():
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _translated(), _transaction(self._connection):
            yield self._connection

    def close(self) -> None:
        self._connection.close()

    def renew(self) -> None:
        """The child of a fork has a copy of the data, and no thread that could release the lock."""
        self._lock = threading.Lock()

    def rest(self) -> None:
        """Nothing to do before a fork: no file is open."""


class FileConnections:
    """Up to 16 connections to one file, in WAL mode, each commit on the disk before it is acknowledged.

    Writers of this process queue at a lock, those of other processes at SQLite's own. A connection does not survive
    a fork: idle ones are closed before it, and the child opens its own.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._abandoned: list[sqlite3.Connection] = []
        self._borrowed: set[sqlite3.Connection] = set()
        self.renew()
        with _translated():
            self._give_back(self._open())
        _after_fork.add(self)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._room, _translated():
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._writer, self.reading() as connection, _transaction(connection):
            yield connection

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def rest(self) -> None:
        """Before a fork: close what is idle, so that the child inherits as little as can be."""
        self.close()

    def renew(self) -> None:
        """In the child of a fork: start afresh. What the parent's threads had borrowed is kept and never touched:
        closing it here would release the parent's locks on the file."""
        self._abandoned.extend(self._borrowed)
        self._borrowed = set()
        self._idle: list[sqlite3.Connection] = []
        self._room = threading.BoundedSemaphore(MOST_CONNECTIONS)
        self._writer = threading.Lock()

    def _borrow(self) -> sqlite3.Connection:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._open()
        self._borrowed.add(connection)
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        self._borrowed.discard(connection)
        self._idle.append(connection)

    def _open(self) -> sqlite3.Connection:
        connection = _connect(str(self._path))
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS_KEPT,
    )


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def _translated() -> Iterator[None]:
    """Errors of SQLite as the store's own."""
    try:
        yield
    except sqlite3.Error as error:
        raise _as_storage_error(error) from error


def _as_storage_error(error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Throttled("another process is writing")
    if "no such table" in str(error):
        return TableMissing(f"{error}: run `python manage.py createtables`")
    return StoreUnavailable(f"the database file: {error}", repeatable=False)


_after_fork: weakref.WeakSet[MemoryConnection | FileConnections] = weakref.WeakSet()


def _rest_all() -> None:
    for connections in list(_after_fork):
        connections.rest()


def _renew_all() -> None:
    for connections in list(_after_fork):
        connections.renew()


os.register_at_fork(before=_rest_all, after_in_child=_renew_all)
