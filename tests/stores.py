"""The stores that tests run on: the embedded one in memory and on file, moto's imitation of DynamoDB, and servers.

`native` is a native DynamoDB-compatible server and `local` AWS's DynamoDB Local; their tests bear the mark `services`.
`lagging` is the embedded store in memory with indexes that lag: it is for code that must not trust an index.
A further server is one more branch of `opened`, and its name in `EVERY`.
"""

import atexit
import functools
import itertools
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.dynamodb.models import dynamodb_backends

from core import clock
from core.layout.stamp import current, stamp_put
from core.storage import Delete, StorageError, Store, Table, TableMissing, open_store
from core.storage.sqlite import FileConnections, MemoryConnection, SqliteBackend
from core.storage.sqlite.connections import Connections
from core.storage.sqlite.statements import quoted
from tests import servers

SERVERS = ("native", "local")
EVERY = ("memory", "file", "moto", *(pytest.param(kind, marks=pytest.mark.services) for kind in SERVERS))
LAGGING = "lagging"

INDEX_LAG = 10
DELETED_AT_ONCE = 25

_numbers = itertools.count(1)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Store]:
    """An empty store of one of the kinds, without tables; `folder` is where a file may lie."""
    store = _opened(kind, folder, f"Test{next(_numbers)}_")
    try:
        yield store
    finally:
        store.close()


@contextmanager
def with_tables(kind: str, tables: Sequence[Table]) -> Iterator[Store]:
    """A store of one of the kinds with these tables, all empty.

    Tables take their time to be made: but for indexes that lag, those of the test before are emptied and used again.
    """
    if kind == LAGGING:
        with opened(kind, Path()) as store:
            store.create_tables(tables)
            yield store
        return
    if kind == "local":
        # it takes expired rows away within seconds, by a clock that no test can move
        tables = [replace(table, ttl=None) for table in tables]
    yield _kept(kind, tuple(tables)).emptied()


def stamp(store: Store) -> None:
    """Say of a store that it has the present layout, as its first start does."""
    put = stamp_put(current(), None, clock.now())
    store.put(put.table, put.item)


def _opened(kind: str, folder: Path, prefix: str) -> Store:
    """`prefix` is how the names of its tables begin where several stores share a server."""
    address = {
        "memory": "memory://",
        "lagging": f"memory://?index_lag={INDEX_LAG}",
        "file": f"sqlite:///{folder}/store.sqlite3",
    }
    if kind in address:
        return open_store(address[kind])
    if kind == "moto":
        _start_moto()
        return open_store(f"dynamodb://eu-central-1?prefix={prefix}")
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "any")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "any")
    return open_store(f"dynamodb://eu-central-1?prefix={prefix}&endpoint={servers.shared_endpoint(kind)}")


class _KeptHere:
    """An embedded store that is used again and again until the process ends, or a test changes its tables."""

    def __init__(self, kind: str, tables: tuple[Table, ...]) -> None:
        self._kind, self._tables = kind, tables
        self._make()

    def emptied(self) -> Store:
        """The store without any item.

        It is another object each time, as it is of a process that has just started: some is remembered of a store.
        """
        try:
            is_as_made = self._empty()
        except StorageError:  # the test before closed it
            is_as_made = False
        if not is_as_made:
            self._connections.close()
            self._make()
        return Store(self._backend)

    def _make(self) -> None:
        if self._kind == "memory":
            self._connections: Connections = MemoryConnection()
        else:
            folder = TemporaryDirectory(prefix="tests-")
            atexit.register(folder.cleanup)
            self._connections = FileConnections(Path(folder.name) / "store.sqlite3")
        self._backend = SqliteBackend(self._connections)
        Store(self._backend).create_tables(self._tables)
        with self._connections.reading() as connection:
            [self._schema] = connection.execute("PRAGMA schema_version").fetchone()
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'catalog'")
            self._names = [quoted(name) for (name,) in found.fetchall()]

    def _empty(self) -> bool:
        """Take every item away; False where the test before made, dropped or changed a table."""
        with self._connections.writing() as connection:
            [schema] = connection.execute("PRAGMA schema_version").fetchone()
            if schema == self._schema:
                for name in self._names:
                    if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone():
                        connection.execute(f"DELETE FROM {name}")
            return bool(schema == self._schema)


class _KeptOnServer:
    """Tables on moto or on a server that are used again and again until the process ends."""

    def __init__(self, kind: str, tables: tuple[Table, ...]) -> None:
        self._kind, self._tables, self._prefix = kind, tables, f"Test{next(_numbers)}_"
        self._store = _opened(kind, Path(), self._prefix)
        self._store.create_tables(tables)

    def emptied(self) -> Store:
        """As that of an embedded store."""
        for table in self._tables:
            try:
                self._empty(table)
            except TableMissing:  # the test before dropped it
                self._store.create_tables([table])
        return copy(self._store)

    def _empty(self, table: Table) -> None:
        if self._kind == "moto":  # to ask for the items would take longer than most tests
            made = dynamodb_backends[DEFAULT_ACCOUNT_ID]["eu-central-1"].tables.get(self._prefix + table.name)
            if made is None:
                raise TableMissing(table.name)
            made.items.clear()
            return
        left = [Delete(table, {name: item[name] for name in table.key_names}) for item in self._store.dump(table)]
        for start in range(0, len(left), DELETED_AT_ONCE):
            self._store.batch_write(left[start : start + DELETED_AT_ONCE])


@functools.cache
def _kept(kind: str, tables: tuple[Table, ...]) -> _KeptHere | _KeptOnServer:
    return (_KeptHere if kind in ("memory", "file") else _KeptOnServer)(kind, tables)


@functools.cache
def _start_moto() -> None:
    """Start moto, once for the whole process, since each start makes an RSA key; prefixes keep the stores apart.

    One request at a time: moto takes back a cancelled transaction by restoring its tables as they were, and with them
    would go what other threads wrote meanwhile.
    """
    answer = BotocoreStubber.process_request
    one_at_a_time = threading.Lock()

    def process_request(self: BotocoreStubber, request: Any) -> Any:
        with one_at_a_time:
            return answer(self, request)

    mock.patch.object(BotocoreStubber, "process_request", process_request).start()
    mock_aws().start()
