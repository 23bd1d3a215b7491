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


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is this time, for ids too."""
    with clock.set_by(lambda: moment):
        yield


class DistinctTimes:
    """Wall time, of which no two readings fall into one millisecond: what is made later also sorts later.

    The store keeps milliseconds, and how two rows of one millisecond are sorted is left open where nothing depends on
    it: a test that compares lists must not. A clock that a test has stopped or moved is followed as it is.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wall = self._given = datetime.min.replace(tzinfo=UTC)
        self._is_travelling = False

    def __call__(self) -> datetime:
        with self._lock:
            wall, is_travelling = datetime.now(UTC), escape_hatch.is_travelling()
            goes_on = wall > self._wall and is_travelling == self._is_travelling
            self._given = max(wall, self._given + MILLISECOND) if goes_on else wall
            self._wall, self._is_travelling = wall, is_travelling
            return self._given
