"""Fixtures of the tests of the carbon diary."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine


@pytest.fixture
def noon() -> Iterator[None]:
    """It is noon (UTC) of Friday, 20 November 2026."""
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False):
        yield
