"""Fixtures of the tests of imports."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.times import NOON


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    """It is noon on 20 November 2026, and time goes on."""
    with time_machine.travel(NOON, tick=True):
        yield
