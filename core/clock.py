"""Time: always aware UTC; stored as fixed-width text so that text order is time order."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)
"""The calendar of what users enter: no time zone moves a day of it out of the years that Python knows."""

_watch: Callable[[], datetime] | None = None


def now() -> datetime:
    """Wall time, aware, in UTC, to the millisecond: as exact as the store keeps it, so that what was written is equal
    to what is read. Leases, sessions and expiry use it; prices have the feed's own clock.
    """
    return whole_milliseconds(datetime.now(UTC) if _watch is None else _watch())


@contextmanager
def set_by(watch: Callable[[], datetime]) -> Iterator[None]:
    """`now()` is what the watch returns, in all threads, until the end: for figures that must be the same every day."""
    global _watch
    before, _watch = _watch, watch
    try:
        yield
    finally:
        _watch = before


def to_text(moment: datetime) -> str:
    """`2026-11-20T09:30:00.123Z`: always 24 characters, cut to the millisecond.

    Raises ValueError for a naive time.
    """
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    moment = moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def from_text(text: str) -> datetime:
    """The inverse of `to_text`. Raises ValueError for anything else than an RFC 3339 time with a zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {text}")
    return moment.astimezone(UTC)


def whole_milliseconds(moment: datetime) -> datetime:
    """The time cut to the millisecond, as the store keeps it."""
    return moment.replace(microsecond=moment.microsecond // 1_000 * 1_000)


def to_milliseconds(moment: datetime) -> int:
    """Whole milliseconds since 1970, without passing through a float."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000 + since.microseconds // 1_000


def from_milliseconds(milliseconds: int) -> datetime:
    """The time that many milliseconds after 1970. Raises ValueError for one beyond the year 9999."""
    try:
        return EPOCH + timedelta(milliseconds=int(milliseconds))
    except OverflowError as error:
        raise ValueError(f"{milliseconds} ms after 1970 is beyond the year 9999") from error


def to_seconds(moment: datetime) -> int:
    """Whole seconds since 1970, as TTL attributes want them."""
    return to_milliseconds(moment) // 1_000


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
