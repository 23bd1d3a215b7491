"""Calls to a DynamoDB server: one low-level client per process."""

import os
import platform
import threading
import weakref
from typing import Any

import boto3
import botocore
from botocore.config import Config
from django.core.exceptions import ImproperlyConfigured

from core.storage.dynamodb.failures import translated

CONNECT_SECONDS = 2
READ_SECONDS = 5
MOST_CONNECTIONS = 64
_READING = {"get_item", "batch_get_item", "query", "scan", "describe_table", "describe_time_to_live"}

_CONFIG = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    max_pool_connections=MOST_CONNECTIONS,
    # the store tries again itself, within its budget, and knows which call may be repeated
    retries={"total_max_attempts": 1, "mode": "standard"},
    # the store has checked more than botocore would, which takes a third of a call's time for it
    parameter_validation=False,
    tcp_keepalive=True,
    # botocore would build its own twice for every call, which takes a tenth of its time
    user_agent=f"CryptoPulse Botocore/{botocore.__version__} Python/{platform.python_version()}",
)


class Client:
    """A server in a region, and the prefix of the names of its tables. `lacks` is what it does not know.

    Raises ImproperlyConfigured when there are no credentials.
    """

    def __init__(self, region: str, prefix: str, endpoint: str | None) -> None:
        self._region = region
        self._prefix = prefix
        self._endpoint = endpoint
        self.lacks: set[str] = set()
        self.renew()
        self._made()
        _clients.add(self)

    def call(self, operation: str, *, repeatable: bool = True, **parameters: Any) -> dict[str, Any]:
        """The answer of one operation, by boto3's name of it. Raises StorageError.

        repeatable: whether a second try does no harm when the answer to the first is lost.
        """
        with translated(repeatable=repeatable, writes=operation not in _READING):
            answer: dict[str, Any] = getattr(self._made(), operation)(**parameters)
            return answer

    def wait(self, state: str, table_name: str) -> None:
        """Wait, up to two minutes, until a table is made or gone, by boto3's name of the state. Raises StorageError."""
        with translated(repeatable=True, writes=False):
            self._made().get_waiter(state).wait(TableName=table_name, WaiterConfig={"Delay": 1, "MaxAttempts": 120})

    def name(self, table: str) -> str:
        """The name of a table on the server."""
        return f"{self._prefix}{table}"

    def close(self) -> None:
        """Close the sockets."""
        self._made().close()

    def renew(self) -> None:
        """In the child of a fork: neither the parent's sockets nor its locks are of use."""
        self._lock = threading.Lock()
        self._client: Any = None

    def _made(self) -> Any:
        if self._client is None:
            with self._lock:
                if self._client is None:
                    session = boto3.session.Session(region_name=self._region)
                    if session.get_credentials() is None:
                        raise ImproperlyConfigured(
                            "DATASTORE_URL names DynamoDB, but there are no AWS credentials: set AWS_ACCESS_KEY_ID and "
                            "AWS_SECRET_ACCESS_KEY, or give the machine a role."
                        )
                    self._client = session.client("dynamodb", endpoint_url=self._endpoint, config=_CONFIG)
        return self._client


_clients: weakref.WeakSet[Client] = weakref.WeakSet()


def _renew_all() -> None:
    for client in list(_clients):
        client.renew()


os.register_at_fork(after_in_child=_renew_all)
