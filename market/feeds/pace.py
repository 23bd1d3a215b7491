"""How often a service may be called, kept for all processes together in Django's cache.

With REDIS_URL the cache is Redis and every process keeps to one pace; without it there is one process. While Redis is
away each process keeps its own, and polls, which come through Redis, do not come either.
"""

import math
import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from django.core.cache import cache

from core import clock

SHORTEST_REST = 5
LONGEST_REST = 300
LONGEST_ASKED_FOR = 3_600
"""A service that asks for more than an hour is asked again after one."""
USUAL_RETRY_AFTER = 60
FORGOTTEN_AFTER = 3_600


class Pace:
    """Turns to call a service, and rests in which nobody calls it."""

    def __init__(self, service: str) -> None:
        self._service = service

    def takes_turn(self, what: str, seconds: float) -> bool:
        """Whether the caller may make this kind of call now; if so, nobody else may for so many seconds."""
        if cache.get(self._key("rest")) is not None:
            return False
        return bool(cache.add(self._key(what), 1, max(1, math.ceil(seconds))))

    def succeeded(self) -> None:
        """The next failure is a first one again."""
        cache.delete(self._key("failures"))

    def failed(self) -> None:
        """Nobody calls for a while: 5 seconds, twice as long each time up to 5 minutes, less up to half at random."""
        cache.add(self._key("failures"), 0, FORGOTTEN_AFTER)
        try:
            failures = cache.incr(self._key("failures"))
        except ValueError:
            failures = 1
        longest = min(LONGEST_REST, SHORTEST_REST * 2 ** (min(failures, 10) - 1))
        self._rest(random.uniform(longest / 2, longest))

    def asked_to_wait(self, headers: Mapping[str, str]) -> int:
        """Nobody calls for as long as Retry-After says, a minute where it says nothing; that many seconds."""
        seconds = min(max(_retry_after(headers.get("Retry-After", "")), 1), LONGEST_ASKED_FOR)
        self._rest(seconds + random.uniform(0, seconds / 10))
        return seconds

    def _rest(self, seconds: float) -> None:
        cache.set(self._key("rest"), 1, max(1, math.ceil(seconds)))

    def _key(self, what: str) -> str:
        return f"feed:{self._service}:{what}"


def _retry_after(text: str) -> int:
    if text.strip().isdecimal() and len(text) < 10:
        return int(text)
    try:
        return math.ceil((parsedate_to_datetime(text) - clock.now()).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return USUAL_RETRY_AFTER
