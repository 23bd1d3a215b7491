"""Waiting for what happens by itself."""

import time
from collections.abc import Callable

PATIENCE = 180
"""Seconds until something counts as not happening: many, since a loaded machine needs some."""


def wait_until(holds: Callable[[], bool], what: str = "it happens", *, within: float = PATIENCE) -> None:
    """Returns once it holds; fails, with what was waited for, when that does not come within so many seconds."""
    deadline = time.monotonic() + within
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.05)
