"""Price feeds: small adapters that turn a source of prices into ticks.

To add one: write a class with the methods of `Feed`, and name it in `_feed`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from market.feeds.chain import FeedChain
from market.feeds.protocol import Feed, FeedFailed
from market.feeds.replay import FileRefused, ReplayFeed, parsed
from market.feeds.simulated import SimulatedFeed

__all__ = ["Feed", "FeedChain", "FeedFailed", "ReplayFeed", "SimulatedFeed", "feed_of"]

KNOWN = "simulated or replay:FILE.csv?asset=bitcoin"


def feed_of(settings: LazySettings) -> FeedChain:
    """The feeds that settings.MARKET_FEED names, as one. Made once per process; files are read then.

    Raises ImproperlyConfigured with a sentence that says which feed is wrong and why.
    """
    return _chain(tuple(settings.MARKET_FEED), float(settings.MARKET_POLL_SECONDS))


@lru_cache(maxsize=8)
def _chain(names: Sequence[str], poll_seconds: float) -> FeedChain:
    if not names:
        raise ImproperlyConfigured(f"MARKET_FEED is empty: write {KNOWN}.")
    return FeedChain(tuple(_feed(name, poll_seconds) for name in names))


def _feed(text: str, poll_seconds: float) -> Feed:
    kind, _, rest = text.partition(":")
    if text == "simulated":
        return SimulatedFeed()
    if kind == "replay":
        try:
            return ReplayFeed(parsed(rest), poll_seconds)
        except (ValueError, FileRefused) as error:
            raise ImproperlyConfigured(f"MARKET_FEED has {text!r}, but {error}.") from error
    raise ImproperlyConfigured(f"MARKET_FEED names {text!r}, which is no feed: write {KNOWN}.")
