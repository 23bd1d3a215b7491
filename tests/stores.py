"""The stores that tests run on: the embedded one in memory and on file, moto's imitation of DynamoDB, and servers.

`native` is a native DynamoDB-compatible server and `local` AWS's DynamoDB Local; their tests bear the mark `services`.
A further server is one more branch of `opened`, and its name in `EVERY`.
"""

from __future__ import annotations

import functools
import itertools
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from moto import mock_aws
from moto.core.botocore_stubber import BotocoreStubber

from core.storage import Store, open_store
from tests import servers

SERVERS = ("native", "local")
EVERY = ("memory", "file", "moto", *(pytest.param(kind, marks=pytest.mark.services) for kind in SERVERS))

_numbers = itertools.count(1)


@contextmanager
def opened(kind: str, folder: Path) -> Iterator[Store]:
    """An empty store of one of the kinds; `folder` is where a file may lie."""
    if kind == "moto":
        _start_moto()
        store = open_store(f"dynamodb://eu-central-1?prefix=Test{next(_numbers)}_")
    elif kind in SERVERS:
        os.environ.setdefault("AWS_ACCESS_KEY_ID", "any")
        os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "any")
        endpoint = servers.shared_endpoint(kind)
        store = open_store(f"dynamodb://eu-central-1?prefix=Test{next(_numbers)}_&endpoint={endpoint}")
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
