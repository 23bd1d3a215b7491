"""Stores by address: `sqlite:///PATH`, `memory://`, `dynamodb://REGION?prefix=CryptoPulse_&endpoint=URL`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from core.storage.item_store import Store
from core.storage.sqlite import FileConnections, MemoryConnection, SqliteBackend


def open_store(url: str) -> Store:
    """The store at an address.

    A relative path is relative to the working directory. Raises ImproperlyConfigured, saying what is wrong with it.
    """
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return Store(SqliteBackend(MemoryConnection()))
    if parts.scheme == "sqlite":
        return Store(SqliteBackend(FileConnections(_path(url))))
    raise ImproperlyConfigured(f"DATASTORE_URL is {url!r}")


def _path(url: str) -> Path:
    return Path(unquote(urlsplit(url).path)[1:])
