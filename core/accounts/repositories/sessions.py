"""Signed-in browsers. The store knows a digest of the session key, so that a copy of the table opens nothing."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.accounts.tables import SESSIONS
from core.storage import Attr, Key, Update, store


@dataclass(frozen=True, slots=True)
class Session:
    """What the store holds of a session; `data` is signed text."""

    data: str
    expires_at: datetime
    username: str | None = None


def get(session_key: str) -> Session | None:
    """The session of a key, expired or not; 1 request, consistent, so that a session ended elsewhere is over here."""
    item = store().get(SESSIONS, _key(session_key), consistent=True)
    if item is None:
        return None
    expires_at = clock.from_milliseconds(int(item["expires_at"]) * 1_000)
    return Session(item["data"], expires_at, item.get("username"))


def create(session_key: str, session: Session) -> None:
    """Write a new session. Raises ConditionFailed when the key is taken."""
    item = {**_key(session_key), **_attributes(session)}
    store().put(SESSIONS, item, condition=Attr("session_key").not_exists(), label="session")


def replace(session_key: str, session: Session) -> None:
    """Write a session that is there. Raises ConditionFailed when it has been ended."""
    store().update(
        SESSIONS,
        _key(session_key),
        Update(set=_attributes(session)),
        condition=Attr("session_key").exists(),
        label="session",
    )


def delete(session_key: str) -> None:
    """End a session; nothing happens where there is none."""
    store().delete(SESSIONS, _key(session_key))


def _key(session_key: str) -> Key:
    return {"session_key": hashlib.sha256(session_key.encode()).hexdigest()}


def _attributes(session: Session) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {"data": session.data, "expires_at": clock.to_seconds(session.expires_at)}
    return attributes if session.username is None else {**attributes, "username": session.username}
