"""Waiting for what the server does by itself."""

from core.stream.hub import HUB
from tests.waiting import wait_until


def wait_until_open(count: int) -> None:
    """Returns once that many connections are open in this process."""
    wait_until(lambda: HUB.count == count, f"{count} connections are open")
