"""Times for tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from core import clock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""A Friday in the middle of a month."""


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """It is this time, for ids too."""
    with clock.told_by(lambda: moment):
        yield
