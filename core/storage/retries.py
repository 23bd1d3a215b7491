"""Trying again within a budget of time: full jitter, so that rivals do not collide again.

Source of the method: AWS Architecture Blog, "Exponential Backoff And Jitter".
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

from core.storage.errors import StoreUnavailable

T = TypeVar("T")

FIRST_DELAY = 0.01
LONGEST_DELAY = 0.5


class Backoff:
    """The waits of one call: each random, up to twice as long as the one before, all within the budget."""

    def __init__(self) -> None:
        self._end = time.monotonic() + float(settings.STORE_RETRY_SECONDS)
        self._delay = FIRST_DELAY

    def wait(self) -> bool:
        """Sleep before the next try; False, at once, when the budget does not hold another one."""
        delay = random.uniform(0, self._delay)
        if time.monotonic() + delay >= self._end:
            return False
        time.sleep(delay)
        self._delay = min(2 * self._delay, LONGEST_DELAY)
        return True


def with_retries(call: Callable[[], T], *, on_retry: Callable[[], None] = lambda: None) -> T:
    """What the call returns, tried again on StoreUnavailable while settings.STORE_RETRY_SECONDS last.

    `on_retry` is called before every further try. Errors that say `repeatable = False` are raised at once. Once an
    answer was lost, whatever error ends the tries says `outcome_unknown`.
    """
    backoff: Backoff | None = None
    outcome_unknown = False
    while True:
        try:
            return call()
        except StoreUnavailable as error:
            backoff = backoff or Backoff()
            outcome_unknown = error.outcome_unknown = outcome_unknown or error.outcome_unknown
            if not error.repeatable or not backoff.wait():
                raise
            on_retry()
