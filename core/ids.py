"""Identifiers: UUIDv7 text (RFC 9562), made by the client or here, in time order."""

from __future__ import annotations

import hashlib
import re
from datetime import datetime, timedelta

import uuid_utils

from core import clock

LARGEST_SKEW = timedelta(hours=24)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """A new id; later ones sort after earlier ones of this process."""
    return str(uuid_utils.uuid7())


def derived_id(at: datetime, *parts: str) -> str:
    """The id that always belongs to this time and these parts: a repeated step makes the same id again."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    stamp = f"{clock.to_milliseconds(at):012x}"
    variant = f"{(int(digest[3], 16) & 0x3) | 0x8:x}"
    return f"{stamp[:8]}-{stamp[8:12]}-7{digest[:3]}-{variant}{digest[4:7]}-{digest[7:19]}"


def id_time(identifier: str) -> datetime:
    """The time inside an id. Raises ValueError for anything else than UUIDv7 text in lower case."""
    if not _UUID7.fullmatch(identifier):
        raise ValueError("not a UUIDv7 in lower-case text")
    return clock.from_milliseconds(int(identifier[:8] + identifier[9:13], 16))


def checked_id(identifier: str) -> str:
    """The id itself when a client may use it now.

    Raises ValueError, with a sentence for the client, when it is not UUIDv7 text or its time is more than 24 h away.
    """
    if abs(id_time(identifier) - clock.now()) > LARGEST_SKEW:
        raise ValueError("the time in this id is more than 24 hours away from now; make a new one")
    return identifier


def time_key(at: datetime, identifier: str) -> str:
    """`<t>#<id>`: a sort key in time order in which two things of one millisecond both have room."""
    return f"{clock.to_text(at)}#{identifier}"
