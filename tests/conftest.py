"""Fixtures of all tests: a fresh store for each, of the present layout, users with their clients, and noon."""

from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import time_machine
from django.test import Client
from rest_framework.test import APIClient

from core import clock, wiring
from core.accounts.domain import User
from core.storage import Store, using
from tests import stores
from tests.builders import a_user, api_client, signed_in
from tests.times import NOON, DistinctTimes

hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        hypothesis.HealthCheck.too_slow,
        hypothesis.HealthCheck.data_too_large,
        hypothesis.HealthCheck.large_base_example,
        hypothesis.HealthCheck.filter_too_much,
    ],
)
hypothesis.settings.register_profile("explore", hypothesis.settings.get_profile("tests"), derandomize=False)
hypothesis.settings.load_profile("tests")  # the same examples in each run; others by --hypothesis-profile=explore


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `every_backend` run once on each of the stores, and on those that the mark names besides."""
    mark = metafunc.definition.get_closest_marker("every_backend")
    if mark:
        metafunc.parametrize("store", (*stores.EVERY, *mark.args), indirect=True)


@pytest.fixture(autouse=True, scope="session")
def _distinct_times() -> Iterator[None]:
    """No two readings of the clock are of one millisecond, unless a test has stopped it."""
    with clock.set_by(DistinctTimes()):
        yield


@pytest.fixture(autouse=True)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A fresh store, in memory unless marked `every_backend`, with every table of the product; `store()` is it."""
    with (
        stores.with_tables(getattr(request, "param", "memory"), wiring.tables()) as opened,
        using(opened),
    ):
        stores.stamp(opened)
        yield opened


@pytest.fixture(params=stores.EVERY)
def each_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of every kind in turn, without tables."""
    with stores.opened(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def alice(store: Store) -> User:
    """A user who has signed up and proved the address. A folder or module may override it to say more about her."""
    return a_user("alice")


@pytest.fixture
def bob(store: Store) -> User:
    """Another user."""
    return a_user("bob")


@pytest.fixture
def browser(alice: User) -> Client:
    """A browser in which alice is signed in."""
    return signed_in(alice)


@pytest.fixture
def api(alice: User) -> APIClient:
    """A program with a key of alice that may write."""
    return api_client(alice)


@pytest.fixture
def noon() -> Iterator[None]:
    """It is noon (UTC) of Friday, 20 November 2026, and stays so."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def traveller() -> Iterator[time_machine.Traveller]:
    """Time stands still at a whole second of now, unless it is moved."""
    with time_machine.travel(clock.now().replace(microsecond=0), tick=False) as traveller:
        yield traveller
