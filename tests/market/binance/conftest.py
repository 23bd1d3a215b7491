"""Binance's stand-in, and a feed that listens to it."""

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from market.feeds.binance import BinanceFeed
from tests.market.stub.binance import Binance, serving


@pytest.fixture
def stub() -> Iterator[Binance]:
    with serving() as server:
        yield server


@pytest.fixture
def feed(stub: Binance) -> Iterator[BinanceFeed]:
    """A feed that listens to the stub."""
    cache.clear()
    feed = BinanceFeed(stub.url, stub.rest_url)
    yield feed
    feed.stop()


@pytest.fixture
def now() -> int:
    """The present second, at the beginning of a minute."""
    return int(time.time()) // 60 * 60
