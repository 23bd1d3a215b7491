"""Identifiers: UUIDv7 text (RFC 9562), made by the client or here, in time order."""

import hashlib
import os
import re
import secrets
import threading
from datetime import datetime, timedelta

from core import clock
from core.errors import NotFound, UnusableId

LARGEST_SKEW = timedelta(hours=24)
SMALL_STEP_BACK = 10_000
"""Milliseconds by which a clock that is being corrected may step back without ids losing their order."""
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class _Sequence:
    """Ids in strict order: in one millisecond, or after a small step back of the clock, the random part counts on.

    RFC 9562, section 6.2, method 2. It is not left to a library because the time must be that of `core.clock`, by
    which `check_fresh` decides.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._at = 0
        self._rest = 0
        os.register_at_fork(
            before=self._lock.acquire, after_in_parent=self._lock.release, after_in_child=self._lock.release
        )

    def following(self, at: int) -> tuple[int, int]:
        """Milliseconds and the 74 bits beside them, for an id asked for at this time."""
        with self._lock:
            if self._at - SMALL_STEP_BACK <= at <= self._at:
                self._rest += 1 + secrets.randbits(40)
            else:
                self._at, self._rest = at, secrets.randbits(73)  # half of the room is left to count on
            return self._at, self._rest


_sequence = _Sequence()


def new_id() -> str:
    """A new id of this time; later ones of this process sort after it, unless the clock is set back by over 10 s."""
    at, rest = _sequence.following(clock.to_milliseconds(clock.now()))
    return _text(at, rest >> 62, rest & (1 << 62) - 1)


def derived_id(at: datetime, *parts: str) -> str:
    """The id that always belongs to this time and these parts: a repeated step makes the same id again."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return _text(clock.to_milliseconds(at), int(digest[:3], 16), int(digest[3:19], 16) & (1 << 62) - 1)


def lowest_id(at: datetime) -> str:
    """What sorts before every id of this millisecond and behind all earlier ones."""
    return _text(clock.to_milliseconds(at), 0, 0)


def id_time(identifier: str) -> datetime:
    """The time inside an id. Raises ValueError for anything else than UUIDv7 text in lower case."""
    if not _UUID7.fullmatch(identifier):
        raise ValueError("not a UUIDv7 in lower-case text")
    return clock.from_milliseconds(int(identifier[:8] + identifier[9:13], 16))


def check_id(identifier: str, field: str) -> None:
    """Raises UnusableId at this field when it is not UUIDv7 text, of whatever time."""
    try:
        id_time(identifier)
    except ValueError as error:
        raise UnusableId({field: ["Enter a UUIDv7 in lower-case text."]}) from error


def check_could_be(identifier: str, what: str) -> None:
    """Raises NotFound, without asking the store, when it is not UUIDv7 text; `what` names it to the user."""
    try:
        id_time(identifier)
    except ValueError as error:
        raise NotFound(what) from error


def check_fresh(identifier: str, field: str) -> None:
    """Raises UnusableId at this field when nothing new may have this id: it is not one, or its time is too far away."""
    check_id(identifier, field)
    if abs(id_time(identifier) - clock.now()) > LARGEST_SKEW:
        raise UnusableId({field: ["This id is over 24 hours away from now. Create a new one and send it again."]})


def time_key(at: datetime, identifier: str) -> str:
    """`<t>#<id>`: a sort key in time order in which two things of one millisecond both have room."""
    return f"{clock.to_text(at)}#{identifier}"


def _text(at: int, first: int, last: int) -> str:
    """The id of these milliseconds, the 12 bits after the version and the 62 after the variant."""
    digits = f"{at:012x}7{first:03x}{1 << 63 | last:016x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
