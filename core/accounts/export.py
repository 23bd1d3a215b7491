"""The export of an account: everything that is kept about a user, as a document that JSON can hold."""

from __future__ import annotations

import base64
from decimal import Decimal
from typing import Any

from core import clock, money
from core.accounts import selectors
from core.accounts.domain import User


def document(user: User) -> dict[str, Any]:
    """`{"username", "exported_at", "tables": {name: [row, ...]}}`; numbers are exact text, bytes base64.

    One request for each table.
    """
    return {
        "username": user.username,
        "exported_at": clock.to_text(clock.now()),
        "tables": {
            name: [_plain(row) for row in rows] for name, rows in selectors.everything_of(user.username).items()
        },
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return money.plain(value)
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, (list, set, tuple)):
        return [_plain(inner) for inner in (sorted(value) if isinstance(value, set) else value)]
    return value
