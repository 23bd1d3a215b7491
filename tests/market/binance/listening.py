"""Waiting for what a stream sends; a message needs a moment to arrive."""

import time
from collections.abc import Callable

from core import clock
from market.domain import Asset, Tick
from market.feeds import FeedFailed
from market.feeds.binance import BinanceFeed
from market.selectors import asset_get
from tests.market.stub.binance import Binance

PATIENCE = 30.0


def bitcoin() -> Asset:
    return asset_get("bitcoin")


def listening(feed: BinanceFeed, stub: Binance) -> BinanceFeed:
    """The feed once it is connected: the first poll begins to listen."""
    feed.ticks([], clock.now())
    stub.wait_for_connections(1)
    return feed


def new_ticks(feed: BinanceFeed, asset: Asset, is_it: Callable[[list[Tick]], bool] = bool) -> list[Tick]:
    """The feed's ticks once they are what is waited for; a message needs a moment to arrive."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            ticks = feed.ticks([asset], clock.now())
        except FeedFailed:
            ticks = []
        if is_it(ticks):
            return ticks
        assert time.monotonic() < deadline, f"the ticks were {ticks}"
        time.sleep(0.01)


def polled_for_long(feed: BinanceFeed) -> None:
    """Poll until the feed fails, or patience ends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        feed.ticks([bitcoin()], clock.now())
        time.sleep(0.01)
