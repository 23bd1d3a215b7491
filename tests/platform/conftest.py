"""Fixtures of the tests of how the product runs."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from core.storage import Store, open_store, using
from tests import servers


@pytest.fixture
def store_out_of_reach(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store that does not answer: nobody listens at its address."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    settings.STORE_RETRY_SECONDS = 0
    unreachable = open_store("dynamodb://eu-central-1?endpoint=http://127.0.0.1:9")
    with using(unreachable):
        yield
    unreachable.close()


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis of this test's own."""
    with servers.redis() as url:
        yield url
