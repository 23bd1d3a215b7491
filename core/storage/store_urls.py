"""Stores by address: `sqlite:///PATH`, `memory://`, `dynamodb://REGION?prefix=CryptoPulse_&endpoint=URL`.

With `?index_lag=N` the first two show their indexes N writes behind, as an aid for development.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from core.storage.backend import Backend
from core.storage.dynamodb import Client, DynamoBackend
from core.storage.errors import StorageError
from core.storage.retries import with_retries
from core.storage.sqlite import FileConnections, LaggingBackend, MemoryConnection, SqliteBackend
from core.storage.sqlite.connections import Connections
from core.storage.whole_store import Store

DEFAULT_PREFIX = "CryptoPulse_"
_LAG = re.compile(r"[0-9]{1,6}")
_REGION = re.compile(r"[a-z0-9-]+")
_PREFIX = re.compile(r"[A-Za-z0-9_.-]{0,128}")
_ENDPOINT = re.compile(r"https?://[^/]")


def open_store(url: str) -> Store:
    """The store at an address; a relative path starts at the project's folder.

    Raises ImproperlyConfigured with a sentence that says what is wrong with the address, or with what it leads to.
    """
    parts = urlsplit(url)
    opener = _OPENERS.get(parts.scheme)
    if opener is None:
        raise _wrong(url, "write sqlite:///PATH, memory:// or dynamodb://REGION")
    try:
        return Store(with_retries(lambda: opener(url, parts)))
    except (StorageError, OSError) as error:
        raise _wrong(url, f"it cannot be opened: {error}") from error


def _memory(url: str, parts: SplitResult) -> Backend:
    if parts.netloc or parts.path or parts.fragment:
        raise _wrong(url, "memory:// takes nothing but the option index_lag")
    return _embedded(MemoryConnection(), _index_lag(url, parts))


def _sqlite(url: str, parts: SplitResult) -> Backend:
    path = unquote(parts.path)[1:]
    if parts.netloc or not path or path.endswith("/"):
        raise _wrong(url, "write sqlite:///var/name.sqlite3, or sqlite:////var/name.sqlite3 for an absolute path")
    if parts.fragment:
        raise _wrong(url, "sqlite:///PATH takes nothing but the option index_lag")
    index_lag = _index_lag(url, parts)
    return _embedded(FileConnections(Path(settings.BASE_DIR) / path), index_lag)


def _index_lag(url: str, parts: SplitResult) -> int | None:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    index_lag = options.pop("index_lag", None)
    if options or (parts.query and index_lag is None):
        raise _wrong(url, f"{', '.join(options) or parts.query} is not an option of it; the only one is index_lag")
    if index_lag is not None and not _LAG.fullmatch(index_lag):
        raise _wrong(url, "index_lag is a number of writes, such as 10")
    return None if index_lag is None else int(index_lag)


def _embedded(connections: Connections, index_lag: int | None) -> Backend:
    return SqliteBackend(connections) if index_lag is None else LaggingBackend(connections, index_lag)


def _dynamodb(url: str, parts: SplitResult) -> Backend:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    prefix, endpoint = options.pop("prefix", DEFAULT_PREFIX), options.pop("endpoint", None)
    if not _REGION.fullmatch(parts.netloc) or parts.path not in ("", "/"):
        raise _wrong(url, "a region follows the two slashes, as in dynamodb://eu-central-1")
    if options:
        raise _wrong(url, f"{', '.join(options)} is not an option of it; those are prefix and endpoint")
    if not _PREFIX.fullmatch(prefix):
        raise _wrong(url, "a prefix is made of letters, digits, _, . and -")
    if endpoint is not None and not _ENDPOINT.match(endpoint):
        raise _wrong(url, "an endpoint is an address such as http://localhost:8000")
    return DynamoBackend(Client(parts.netloc, prefix, endpoint))


def _wrong(url: str, why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"DATASTORE_URL is {url!r}: {why}.")


_OPENERS: dict[str, Callable[[str, SplitResult], Backend]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "dynamodb": _dynamodb,
}
