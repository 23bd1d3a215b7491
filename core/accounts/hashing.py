"""How many passwords a process hashes at the same time: each takes 100 MB of memory, and a core for a while."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

from core.errors import Busy

WAITS = 5.0
"""Seconds for which a password waits for its turn."""

_has_turn: ContextVar[bool] = ContextVar("_has_turn", default=False)


@contextmanager
def a_turn() -> Iterator[None]:
    """One of the `PASSWORD_HASHES_AT_ONCE` turns of this process, for all that happens inside; within itself the same.

    Who counts a try takes the turn first: so a try that is refused for load is neither counted nor looked at. Raises
    Busy where none is free for `WAITS` seconds.
    """
    if _has_turn.get():
        yield
        return
    turns = _turns(settings.PASSWORD_HASHES_AT_ONCE)
    if not turns.acquire(timeout=WAITS):
        raise Busy("Too many people are signing in at the moment.")
    token = _has_turn.set(True)
    try:
        yield
    finally:
        _has_turn.reset(token)
        turns.release()


@functools.cache
def _turns(at_once: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(at_once)
