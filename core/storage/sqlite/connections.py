"""Connections to SQLite: a bounded pool on a file, or one in memory under a lock."""

from __future__ import annotations

import os
import sqlite3
import threading
import weakref
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from core.storage.errors import StorageError, StoreUnavailable, TableMissing, Throttled
from core.storage.sqlite.rows import DAMAGED

MOST_CONNECTIONS = 16
BUSY_SECONDS = 1.0
"""How long a write waits for others, of this process or another, before the store's own retries take over."""

STATEMENTS_KEPT = 512


class Connections(Protocol):
    """Where a backend borrows a connection for one operation. Errors of SQLite leave as StorageError."""

    def reading(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection to read with."""

    def writing(self) -> AbstractContextManager[sqlite3.Connection]:
        """A connection in a write transaction, committed at the end, rolled back by any error."""

    def snapshot(self) -> AbstractContextManager[Connections]:
        """The data of one moment, undisturbed by later writes where other threads or processes can make them."""

    def used_elsewhere(self) -> bool:
        """Whether another process has the data open, while this one does nothing with it."""

    def close(self) -> None:
        """Close what is idle."""


class MemoryConnection:
    """One connection to a database that lives as long as it does. One thread at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = _connect(":memory:")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _TRANSLATED:
            yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _TRANSLATED, _Transaction(self._connection):
            yield self._connection

    @contextmanager
    def snapshot(self) -> Iterator[Connections]:
        yield self

    def used_elsewhere(self) -> bool:
        return False

    def close(self) -> None:
        with self._lock:  # closed under a thread that reads, SQLite would take the process down
            self._connection.close()


class FileConnections:
    """Up to 16 connections to one file, in WAL mode, each commit on the disk before it is acknowledged.

    Writers of this process queue at a lock, those of other processes at SQLite's own. A connection does not survive
    a fork: idle ones are closed before it, and the child opens its own.

    When the file is deleted or replaced, its use ends: SQLite would go on with one that cannot be opened any more, or
    with an empty one.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        self._path = path
        self._abandoned: list[sqlite3.Connection] = []
        self._borrowed: set[sqlite3.Connection] = set()
        self.start_afresh()
        with _TRANSLATED:
            self._give_back(self._open())
        self._file = _identity(path)
        _pools.add(self)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._room, _TRANSLATED:
            if _identity(self._path) != self._file:
                raise StoreUnavailable("the database file is gone", repeatable=False, advice=_GONE)
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        if not self._writer.acquire(timeout=BUSY_SECONDS):
            raise Throttled("other threads are writing")
        try:
            with self.reading() as connection, _Transaction(connection):
                yield connection
        finally:
            self._writer.release()

    @contextmanager
    def snapshot(self) -> Iterator[Connections]:
        with TemporaryDirectory(dir=self._path.parent, prefix="snapshot-") as folder:
            copy = Path(folder) / self._path.name
            with self.reading() as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            connections = FileConnections(copy)
            try:
                yield connections
            finally:
                connections.close()

    def used_elsewhere(self) -> bool:
        self.close()
        # In WAL mode each open connection holds a lock on the file, which an exclusive one has to wait for.
        alone = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        try:
            with _TRANSLATED:
                alone.execute("PRAGMA locking_mode = EXCLUSIVE")
                alone.execute("BEGIN EXCLUSIVE")
                alone.execute("ROLLBACK")
        except Throttled:
            return True
        finally:
            alone.close()
        return False

    def close(self) -> None:
        # until it is empty; other threads may take from it meanwhile
        with suppress(IndexError):
            while True:
                self._idle.pop().close()

    def start_afresh(self) -> None:
        """In the child of a fork: forget what the parent had. What its threads had borrowed is kept and never
        touched, for closing it here would reach into the parent's transactions."""
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


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file is at the path; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=STATEMENTS_KEPT,
    )


class _Transaction:
    """A write transaction, committed at the end, rolled back by any error, that of the commit too."""

    # A class, like the next: a generator would take longer than the rest of a read.
    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.execute("BEGIN IMMEDIATE")

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            self._roll_back()
            return
        try:
            self._connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


class _Translated:
    """Errors of SQLite as the store's own."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise _as_storage_error(error) from error


_TRANSLATED = _Translated()


_GONE = "The data file was deleted or replaced in use: stop the site, put the file or a backup in its place, and start."
_ADVICE = {
    sqlite3.SQLITE_FULL: "The disk with the data file is full: make room on it. Nothing that was acknowledged is lost.",
    sqlite3.SQLITE_READONLY: (
        "The data file cannot be written: give the user of the site the right to write it and its folder, or mount the "
        "disk for writing."
    ),
    sqlite3.SQLITE_CANTOPEN: "The data file cannot be opened: see whether it is there, and who may read its folder.",
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "The data file is not an SQLite file: see where DATASTORE_URL leads, or restore a backup.",
    sqlite3.SQLITE_IOERR: "The disk with the data file is full or fails: make room on it, and see the system log.",
    sqlite3.SQLITE_PERM: "The data file may not be used: give the user of the site the right to read and write it.",
}


def _as_storage_error(error: sqlite3.Error) -> StorageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Throttled("another process is writing")
    if "no such table" in str(error):
        return TableMissing(f"{error}: run `python manage.py createtables`")
    # Only these may have come after the commit was on the disk.
    outcome_unknown = code == sqlite3.SQLITE_IOERR
    return StoreUnavailable(
        f"the database file: {error}",
        repeatable=False,
        outcome_unknown=outcome_unknown,
        advice=_ADVICE.get(code, ""),
    )


_pools: weakref.WeakSet[FileConnections] = weakref.WeakSet()


def _close_idle() -> None:
    for pool in list(_pools):
        pool.close()


def _start_afresh() -> None:
    for pool in list(_pools):
        pool.start_afresh()


os.register_at_fork(before=_close_idle, after_in_child=_start_afresh)
