"""Price feeds: small adapters that turn a source of prices into ticks.

To add one: write a class with the methods of `Feed`, and name it in `_feed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from market.feeds.binance import BinanceFeed
from market.feeds.chain import FeedChain
from market.feeds.coingecko import CoinGeckoFeed
from market.feeds.protocol import Feed, FeedFailed, LiveFeed
from market.feeds.replay import FileRefused, ReplayFeed, parsed
from market.feeds.simulated import SimulatedFeed

__all__ = [
    "BinanceFeed",
    "CoinGeckoFeed",
    "Feed",
    "FeedChain",
    "FeedFailed",
    "LiveFeed",
    "ReplayFeed",
    "SimulatedFeed",
    "feed_of",
]

KNOWN = "coingecko, binance, simulated or replay:FILE.csv?asset=bitcoin"
LEAST_PATIENCE = 10.0
POLLS_WAITED = 3


@dataclass(frozen=True, slots=True)
class _Options:
    """What the settings say of feeds; equal ones share their feeds."""

    names: tuple[str, ...]
    poll_seconds: float
    is_one_process: bool
    coingecko: tuple[str, str, float]
    binance: tuple[str, str]


def feed_of(settings: LazySettings) -> FeedChain:
    """The feeds that settings.MARKET_FEED names, as one. Made once per process; files are read then.

    Raises ImproperlyConfigured with a sentence that says which feed is wrong and why.
    """
    return _chain(
        _Options(
            tuple(settings.MARKET_FEED),
            float(settings.MARKET_POLL_SECONDS),
            not settings.REDIS_URL,
            (settings.COINGECKO_URL, settings.COINGECKO_KEY, float(settings.COINGECKO_SECONDS)),
            (settings.BINANCE_URL, settings.BINANCE_REST_URL),
        )
    )


@lru_cache(maxsize=8)
def _chain(options: _Options) -> FeedChain:
    if not options.names:
        raise ImproperlyConfigured(f"MARKET_FEED is empty: write {KNOWN}.")
    twice = next((name for name in options.names if options.names.count(name) > 1), None)
    if twice is not None:
        raise ImproperlyConfigured(f"MARKET_FEED names {twice!r} twice: write it once.")
    return FeedChain(tuple(_feed(name, options) for name in options.names))


def _feed(text: str, options: _Options) -> Feed | LiveFeed:
    kind, _, rest = text.partition(":")
    if text == "simulated":
        return SimulatedFeed()
    if text == "coingecko":
        return CoinGeckoFeed(*options.coingecko)
    if text == "binance":
        patience = 0 if options.is_one_process else max(LEAST_PATIENCE, POLLS_WAITED * options.poll_seconds)
        return BinanceFeed(*options.binance, patience=patience)
    if kind == "replay":
        try:
            return ReplayFeed(parsed(rest), options.poll_seconds)
        except (ValueError, FileRefused) as error:
            raise ImproperlyConfigured(f"MARKET_FEED has {text!r}, but {error}.") from error
    raise ImproperlyConfigured(f"MARKET_FEED names {text!r}, which is no feed: write {KNOWN}.")
