"""Waiting for what the server does by itself."""

import time
from collections.abc import Callable

from core.stream.hub import HUB

PATIENCE = 20.0


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Returns once it holds; fails when that does not come."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(0.02)


def wait_until_open(count: int) -> None:
    """Returns once that many connections are open in this process."""
    wait_until(lambda: HUB.count == count, f"{count} connections are open")
