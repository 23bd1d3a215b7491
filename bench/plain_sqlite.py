"""The same rows by hand on the standard library's sqlite3: what the embedded store is measured against."""

import json
import sqlite3
from collections.abc import Sequence

from core.storage.codec import AttributeMap

_TABLE = """
CREATE TABLE orders (username TEXT NOT NULL, order_id TEXT NOT NULL, user_asset TEXT NOT NULL, item TEXT NOT NULL,
PRIMARY KEY (username, order_id)) WITHOUT ROWID
"""
_PUT = "INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?)"


class PlainSqlite:
    """Items as JSON text, the very text that our store keeps, with one index; each write is a durable commit.

    It knows no types, no conditions, no limits and no units: less cannot be done.
    """

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        self._connection.execute(_TABLE)
        self._connection.execute("CREATE INDEX orders_by_asset ON orders (user_asset, order_id)")

    def get(self, username: str, order_id: str) -> AttributeMap:
        """One item."""
        sql = "SELECT item FROM orders WHERE username = ? AND order_id = ?"
        (text,) = self._connection.execute(sql, (username, order_id)).fetchone()
        item: AttributeMap = json.loads(text)
        return item

    def query(self, username: str, limit: int) -> list[AttributeMap]:
        """The newest items of a user."""
        sql = "SELECT item FROM orders WHERE username = ? ORDER BY order_id DESC LIMIT ?"
        return [json.loads(text) for (text,) in self._connection.execute(sql, (username, limit))]

    def put(self, item: AttributeMap) -> None:
        """Write one item."""
        self._connection.execute(_PUT, _parameters(item))

    def transaction(self, items: Sequence[AttributeMap]) -> None:
        """Write some items, all or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        for item in items:
            self._connection.execute(_PUT, _parameters(item))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def _parameters(item: AttributeMap) -> tuple[str, str, str, str]:
    text = json.dumps(item, ensure_ascii=False, separators=(",", ":"))
    return item["username"]["S"], item["order_id"]["S"], item["user_asset"]["S"], text
