"""Fixtures of all tests: a fresh store for each, of the present layout."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core import wiring
from core.storage import Store, using
from tests import stores


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests marked `every_backend` run once on each of the stores, and on those that the mark names besides."""
    mark = metafunc.definition.get_closest_marker("every_backend")
    if mark:
        metafunc.parametrize("store", (*stores.EVERY, *mark.args), indirect=True)


@pytest.fixture(autouse=True)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A fresh store, in memory unless marked `every_backend`, with every table of the product; `store()` is it."""
    with (
        stores.with_tables(getattr(request, "param", "memory"), tmp_path, wiring.tables()) as opened,
        using(opened),
    ):
        stores.stamp(opened)
        yield opened


@pytest.fixture(params=stores.EVERY)
def each_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """A store of every kind in turn, without tables."""
    with stores.opened(request.param, tmp_path) as opened:
        yield opened
