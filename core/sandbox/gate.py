"""Whose turn it is: a number of users at once, and first those who used the least lately."""

import math
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

HALVED_AFTER = 60.0
"""Seconds after which what a user used counts half."""
MOST_WAITING = 64
MOST_WAITING_OF_ONE = 16
_FORGOTTEN = 0.01
"""Seconds of use that are forgotten."""


class Full(Exception):
    """There is no room to wait, or the wait was too long."""


@dataclass(eq=False)
class _Waiting:
    whose: str
    since: float = field(default_factory=time.monotonic)


class Gate:
    """Lets users through to a number of places.

    places: how many may be taken at once. Where there is more than one, the last free place is not for users who have
    one already, or who lately used more than `heavy` seconds: another user may come.
    """

    def __init__(self, places: int, heavy: float) -> None:
        self._places = places
        self._heavy = heavy
        self._free = places
        self._inside: Counter[str] = Counter()
        self._waiting: list[_Waiting] = []
        self._used: dict[str, tuple[float, float]] = {}
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, whose: str, wait_seconds: float) -> Iterator[None]:
        """A place, as long as the block lasts, which counts as used. Raises Full after `wait_seconds`."""
        self._enter(_Waiting(whose), wait_seconds)
        began = time.monotonic()
        try:
            yield
        finally:
            self._leave(whose, began)

    def _enter(self, mine: _Waiting, wait_seconds: float) -> None:
        with self._changed:
            of_one = sum(each.whose == mine.whose for each in self._waiting)
            if len(self._waiting) >= MOST_WAITING or of_one >= MOST_WAITING_OF_ONE:
                raise Full
            self._waiting.append(mine)
            try:
                if not self._changed.wait_for(lambda: self._next() is mine, wait_seconds):
                    raise Full
                self._free -= 1
                self._inside[mine.whose] += 1
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()

    def _leave(self, whose: str, began: float) -> None:
        with self._changed:
            now = time.monotonic()
            self._free += 1
            self._inside -= Counter([whose])
            self._used[whose] = (self._use_of(whose, now) + now - began, now)
            self._used = {each: use for each, use in self._used.items() if self._use_of(each, now) > _FORGOTTEN}
            self._changed.notify_all()

    def _next(self) -> _Waiting | None:
        """Who is let in now."""
        now = time.monotonic()
        least = min(
            self._waiting, key=lambda each: (self._inside[each.whose], self._use_of(each.whose, now), each.since)
        )
        is_heavy = self._inside[least.whose] > 0 or self._use_of(least.whose, now) > self._heavy
        return least if self._free > int(is_heavy and self._places > 1) else None

    def _use_of(self, whose: str, now: float) -> float:
        seconds, at = self._used.get(whose, (0.0, now))
        return seconds * math.exp2((at - now) / HALVED_AFTER)
