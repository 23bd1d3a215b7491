"""Lock-out: how often something may fail in a while, kept in the store so that every process knows.

Each try is booked before it is made and taken back when it succeeds, so that many guesses at once count too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_FAILURES = 5
WINDOW = timedelta(seconds=300)
LOCK = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The newest tries under one name that have not succeeded, oldest first, at most five."""

    times: tuple[datetime, ...] = ()

    def locked_until(self) -> datetime | None:
        """When five failures within 300 seconds are forgiven: 300 seconds after the fifth."""
        if len(self.times) < MOST_FAILURES or self.times[-1] - self.times[0] >= WINDOW:
            return None
        return self.times[-1] + LOCK

    def with_one_more(self, now: datetime) -> Attempts:
        """The same with a try made now."""
        return Attempts((*self.times, now)[-MOST_FAILURES:])
