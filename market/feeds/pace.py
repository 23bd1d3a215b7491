"""How often a service may be called, kept for all processes together in Django's cache.

With REDIS_URL the cache is Redis and all processes keep one pace; without it there is one process. While Redis is away
each process keeps its own, and no polls come, which are sent through Redis.
"""

import math
import random
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from django.core.cache import cache

from core import clock
from market.feeds import http
from market.feeds.protocol import FeedFailed

SHORTEST_REST = 5
LONGEST_REST = 300
LONGEST_ASKED_FOR = 3_600
"""A service that asks for more than an hour is asked again after one."""
USUAL_RETRY_AFTER = 60
FORGOTTEN_AFTER = 3_600
TOO_MANY = (418, 429)
"""Binance answers 418 to clients that go on after 429."""
NO_HINTS: Mapping[int, str] = MappingProxyType({})


class Pace:
    """Turns to call a service, and rests in which no process calls it."""

    def __init__(self, service: str) -> None:
        self._service = service

    def takes_turn(self, what: str, seconds: float) -> bool:
        """Whether the caller may make this kind of call now; if so, no other process may for that many seconds."""
        if cache.get(self._key("rest")) is not None:
            return False
        return bool(cache.add(self._key(what), 1, max(1, math.ceil(seconds))))

    def call(
        self,
        url: str,
        parameters: Mapping[str, str],
        headers: Mapping[str, str] | None = None,
        *,
        seconds: float = http.SECONDS,
        hints: Mapping[int, str] = NO_HINTS,
    ) -> bytes:
        """The body of a good answer to the call whose turn was taken; `seconds` is the longest wait for it.

        Raises FeedFailed, after which every process rests. Its message ends with the hint for the status, if any.
        """
        try:
            answer = http.fetch(url, parameters, headers, seconds=seconds)
        except FeedFailed:
            self.failed()
            raise
        if answer.status in TOO_MANY:
            raise FeedFailed(f"too many calls: none for {self._asked_to_wait(answer.headers)} seconds")
        if answer.status != 200:
            self.failed()
            raise FeedFailed(f"it answered {answer.status}{hints.get(answer.status, '')}")
        return answer.body

    def succeeded(self) -> None:
        """The next failure is a first one again."""
        cache.delete(self._key("failures"))

    def failed(self) -> None:
        """Every process rests: 5 seconds, twice as long each time up to 5 minutes, less up to half at random."""
        cache.add(self._key("failures"), 0, FORGOTTEN_AFTER)
        try:
            failures = cache.incr(self._key("failures"))
        except ValueError:
            failures = 1
        longest = min(LONGEST_REST, SHORTEST_REST * 2 ** (min(failures, 10) - 1))
        self._rest(random.uniform(longest / 2, longest))

    def _asked_to_wait(self, headers: Mapping[str, str]) -> int:
        """Every process rests for as long as Retry-After says, a minute where it says nothing; that many seconds."""
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
