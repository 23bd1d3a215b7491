"""Signed-in browsers. The store knows a digest of the session key, so that a copy of the table opens nothing."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.accounts.tables import SESSIONS
from core.storage.operations import Attr, Change, Delete, Get, Item, Key, Put, Update


@dataclass(frozen=True, slots=True)
class Session:
    """What the store holds of a session; `data` is signed text."""

    data: str
    expires_at: datetime
    username: str | None = None


def session_address(session_key: str) -> Get:
    """Where the session of a key is."""
    return Get(SESSIONS, _key(session_key))


def session_put(session_key: str, session: Session) -> Put:
    """Write a new session; fails where the key is taken."""
    item = {**_key(session_key), **_attributes(session)}
    return Put(SESSIONS, item, condition=Attr("session_key").not_exists(), label="session")


def session_change(session_key: str, session: Session) -> Change:
    """Write a session that is there; fails where it has been ended."""
    update = Update(set=_attributes(session))
    return Change(SESSIONS, _key(session_key), update, condition=Attr("session_key").exists(), label="session")


def session_delete(session_key: str) -> Delete:
    """End a session; nothing happens where there is none."""
    return Delete(SESSIONS, _key(session_key))


def session_from_item(item: Item) -> Session:
    """The session that a row holds, expired or not."""
    expires_at = clock.from_milliseconds(int(item["expires_at"]) * 1_000)
    return Session(item["data"], expires_at, item.get("username"))


def _key(session_key: str) -> Key:
    return {"session_key": hashlib.sha256(session_key.encode()).hexdigest()}


def _attributes(session: Session) -> dict[str, str | int]:
    attributes: dict[str, str | int] = {"data": session.data, "expires_at": clock.to_seconds(session.expires_at)}
    return attributes if session.username is None else {**attributes, "username": session.username}
