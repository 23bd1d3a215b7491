"""DynamoDB's meaning on the standard library's SQLite, in a file or in memory."""

from __future__ import annotations

from core.storage.sqlite.backend import SqliteBackend
from core.storage.sqlite.connections import FileConnections, MemoryConnection

__all__ = ["FileConnections", "MemoryConnection", "SqliteBackend"]
