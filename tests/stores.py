"""The stores that tests run on: the embedded one in memory and on file, moto's imitation of DynamoDB, and servers.

`native` is a native DynamoDB-compatible server and `local` AWS's DynamoDB Local; their tests bear the mark `services`.
`lagging` is the embedded store in memory with indexes that lag: it is for code that must not trust an index.
A further server is one more branch of `opened`, and its name in `EVERY`.
"""

import functools
import itertools
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from core import clock
from core.layout.stamp import current, stamp_put
from core.storage import Delete, Store, Table, TableMissing, open_store
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
    store = _opened(kind, folder)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def with_tables(kind: str, folder: Path, tables: Sequence[Table]) -> Iterator[Store]:
    """A store of one of the kinds with these tables, all empty.

    Where a table takes its time to be made, those of the test before are emptied and used again.
    """
    if kind in ("moto", *SERVERS):
        if kind == "local":
            # it takes expired rows away within seconds, by a clock that no test can move
            tables = [replace(table, ttl=None) for table in tables]
        store = _kept(kind, tuple(tables))
        for table in tables:
            _empty(store, table)
        yield store
    else:
        with opened(kind, folder) as store:
            store.create_tables(tables)
            yield store


def stamp(store: Store) -> None:
    """Say of a store that it has the present layout, as its first start does."""
    put = stamp_put(current(), None, clock.now())
    store.put(put.table, put.item)


def _opened(kind: str, folder: Path) -> Store:
    address = {
        "memory": "memory://",
        "lagging": f"memory://?index_lag={INDEX_LAG}",
        "file": f"sqlite:///{folder}/store.sqlite3",
    }
    if kind in address:
        return open_store(address[kind])
    prefix = f"Test{next(_numbers)}_"
    if kind == "moto":
        _start_moto()
        return open_store(f"dynamodb://eu-central-1?prefix={prefix}")
    os.environ.setdefault("AWS_ACCESS_KEY_ID", "any")
    os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "any")
    return open_store(f"dynamodb://eu-central-1?prefix={prefix}&endpoint={servers.shared_endpoint(kind)}")


@functools.cache
def _kept(kind: str, tables: tuple[Table, ...]) -> Store:
    store = _opened(kind, Path())
    store.create_tables(tables)
    return store


def _empty(store: Store, table: Table) -> None:
    """Take every item away, and make the table where the test before dropped it."""
    with suppress(TableMissing):
        left = [Delete(table, {name: item[name] for name in table.key_names}) for item in store.dump(table)]
        for start in range(0, len(left), DELETED_AT_ONCE):
            store.batch_write(left[start : start + DELETED_AT_ONCE])
        return
    store.create_tables([table])


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
