"""The store that the contract is tested on: each kind in turn, with the tables of these tests."""

from collections.abc import Iterator

import pytest

from core.storage import Store
from tests import stores
from tests.storage.contract.differences import KNOWN
from tests.storage.tables import DAYS, TABLES

ALL = (*TABLES, DAYS)


@pytest.fixture(params=stores.EVERY)
def items(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A store with empty tables."""
    with stores.with_tables(request.param, ALL) as opened:
        yield opened


@pytest.fixture
def empty(each_store: Store) -> Iterator[Store]:
    """A store without any table."""
    yield each_store
    drop_all(each_store)


@pytest.fixture(scope="module", params=stores.EVERY)
def shared_items(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same for all tests of a module, for those that leave nothing behind which others look at."""
    with stores.opened(request.param, tmp_path_factory.mktemp("store")) as opened:
        opened.create_tables(ALL)
        yield opened
        drop_all(opened)


def drop_all(store: Store) -> None:
    """Leave nothing on a server that other tests use as well."""
    for table in ALL:
        store.drop(table)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that a server is known not to pass must fail there, or the list of differences is out of date."""
    for item in items:
        reason = KNOWN.get(f"{item.path.name}::{item.name}")
        if reason is not None:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
