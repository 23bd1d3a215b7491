"""Rows as whoever exports them can read them: without secrets, in values of JSON."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from core import money, wiring
from core.accounts.tables import API_KEYS, SESSIONS, USERS
from core.storage import Item, Table

SECRETS = {
    USERS.name: frozenset({"password_hash", "directory"}),
    SESSIONS.name: frozenset({"session_key", "data"}),
    API_KEYS.name: frozenset({"key_hash"}),
}
"""What is left out: it opens doors, or says nothing."""


def readable(table: Table, item: Item) -> dict[str, Any]:
    """The row, in the order of its names: the same row is the same text, whichever store it comes from.

    Numbers are exact text, bytes base64, sets sorted lists. What apps keep packed is unpacked.
    """
    for unpacked in wiring.listed("EXPORT_UNPACKERS"):
        item = unpacked(table, item)
    secrets = SECRETS.get(table.name, frozenset())
    return {name: _plain(value) for name, value in sorted(item.items()) if name not in secrets}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return money.plain(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in sorted(value.items())}
    if isinstance(value, (list, set, tuple)):
        return [_plain(inner) for inner in (sorted(value) if isinstance(value, set) else value)]
    return value
