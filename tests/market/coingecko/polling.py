"""Polls of CoinGecko alone, now and later."""

from datetime import timedelta

import time_machine

from core import clock
from market.domain import Asset
from market.feeds import FeedChain
from market.feeds.coingecko import CoinGeckoFeed
from market.selectors import asset_get
from market.services import Recorded, prices_poll
from tests.market.stub.coingecko import CoinGecko

MINUTE = timedelta(seconds=61)


def polled(stub: CoinGecko, *, key: str = "") -> Recorded:
    """One poll of the feed alone."""
    return prices_poll(FeedChain((CoinGeckoFeed(stub.url, key),)))


def later(by: timedelta = MINUTE) -> time_machine.travel:
    """The wall clock so much later, running on."""
    return time_machine.travel(clock.now() + by)


def bitcoin() -> Asset:
    return asset_get("bitcoin")
