"""DynamoDB's meaning on the standard library's SQLite, in a file or in memory."""

from core.storage.sqlite.backend import SqliteBackend
from core.storage.sqlite.connections import FileConnections, MemoryConnection
from core.storage.sqlite.index_lag import LaggingBackend

__all__ = ["FileConnections", "LaggingBackend", "MemoryConnection", "SqliteBackend"]
