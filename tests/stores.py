"""The stores that tests run on: the embedded one in memory and on file, and moto's imitation of DynamoDB.

A further server is one more branch of `opened`, and its name in `EVERY`.
"""

from __future__ import annotations

import functools
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from core.storage import Store, open_store

EVERY = ("memory", "file", "moto")

_numbers = itertools.count(1)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Store]:
    """An empty store of one of the kinds; `folder` is where a file may lie."""
    if kind == "moto":
        _start_moto()
        store = open_store(f"dynamodb://eu-central-1?prefix=Test{next(_numbers)}_")
    else:
        store = open_store("memory://" if kind == "memory" else f"sqlite:///{folder}/store.sqlite3")
    try:
        yield store
    finally:
        store.close()


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
