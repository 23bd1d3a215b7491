"""How often something may be tried in a while, kept in the store so that every process knows.

Lock-out: each try is counted before it is made and forgotten when it succeeds, so that many guesses at once count too.
Limit: each try stays counted, and there is room again when the oldest of them is out of the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_TRIES = 5
WINDOW = timedelta(seconds=300)
LOCK = timedelta(seconds=300)


@dataclass(frozen=True, slots=True)
class Attempts:
    """The newest tries under one name that still count, oldest first, at most five."""

    times: tuple[datetime, ...] = ()

    def locked_until(self) -> datetime | None:
        """When five failures within 300 seconds are forgiven: 300 seconds after the fifth."""
        if len(self.times) < MOST_TRIES or self.times[-1] - self.times[0] >= WINDOW:
            return None
        return self.times[-1] + LOCK

    def full_until(self) -> datetime | None:
        """When there is room for one more within 300 seconds: 300 seconds after the oldest of five; None for now."""
        return self.times[0] + WINDOW if len(self.times) == MOST_TRIES else None

    def with_one_more(self, now: datetime) -> Attempts:
        """The same with a try made now."""
        return Attempts((*self.times, now)[-MOST_TRIES:])
