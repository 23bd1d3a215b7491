"""Times for tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from time_machine import escape_hatch

from core import clock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday in the middle of a month."""
MILLISECOND = timedelta(milliseconds=1)
MOST_AHEAD = timedelta(seconds=0.5)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is this time, for ids too."""
    with clock.set_by(lambda: moment):
        yield


class DistinctTimes:
    """Wall time, of which no two readings fall into one millisecond: what is made later also sorts later.

    The store keeps milliseconds, and how two rows of one millisecond are sorted is left open where nothing depends on
    it: a test that compares lists must not. While a test has stopped or moved the clock, it is followed as it is.

    It is ahead of the wall by half a second at most, which many readings at once use up, so that what goes by the wall
    beside it, as the expiry of a cache does, sees the same time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = datetime.min.replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        if escape_hatch.is_travelling():
            return datetime.now(UTC)
        with self._lock:
            wall = datetime.now(UTC)
            self._last = max(wall, min(self._last + MILLISECOND, wall + MOST_AHEAD))
            return self._last
