"""CoinGecko's stand-in, and a market that has asked it nothing yet."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from tests.market.builders import the_catalogue
from tests.market.stub.coingecko import CoinGecko, serving


@pytest.fixture
def stub() -> Iterator[CoinGecko]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def market() -> Iterator[None]:
    """The catalogue without prices, and no call made before."""
    the_catalogue()
    cache.clear()
    yield
    cache.clear()
