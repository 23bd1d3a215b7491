"""Price feeds: small adapters that turn a source of prices into ticks, a package for each.

To add one, write its package and name its `KIND` in `FEEDS`. Settings, credits, pages and docs follow.
"""

from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from market.domain import STALE_AFTER
from market.feeds import binance, coingecko, replay, simulated
from market.feeds.chain import FeedChain
from market.feeds.protocol import Feed, FeedFailed, FeedKind, LiveFeed

__all__ = [
    "FEEDS",
    "Feed",
    "FeedChain",
    "FeedFailed",
    "FeedKind",
    "LiveFeed",
    "configured_feed",
    "kind_of_source",
    "stale_after",
]

FEEDS: dict[str, FeedKind] = {each.name: each for each in (simulated.KIND, coingecko.KIND, binance.KIND, replay.KIND)}
"""By what MARKET_FEED calls them."""
ANSWERS_UNTIL_STALE = 3


def configured_feed() -> FeedChain:
    """The feeds that settings.MARKET_FEED names, as one. Made once per process; files are read then.

    Raises ImproperlyConfigured with a sentence that says which feed is wrong and why.
    """
    names = tuple(settings.MARKET_FEED)
    known = ", ".join(kind.example or kind.name for kind in FEEDS.values())
    if not names:
        raise ImproperlyConfigured(f"MARKET_FEED is empty: name one or more of {known}.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ImproperlyConfigured(f"MARKET_FEED names {twice!r} twice: write it once.")
    asked: list[tuple[str, FeedKind, tuple[Any, ...]]] = []
    for text in names:
        name, _, argument = text.partition(":")
        kind = FEEDS.get(name)
        if kind is None or bool(kind.argument) != (":" in text):
            raise ImproperlyConfigured(f"MARKET_FEED names {text!r}, which is not a feed: write one of {known}.")
        values = tuple(getattr(settings, each) for each in kind.settings)
        asked.append((text, kind, (argument, *values) if kind.argument else values))
    return _chain(tuple(asked))


def kind_of_source(source: str) -> FeedKind | None:
    """The kind of feed whose ticks name this source; None for one that the product no longer has."""
    return next((kind for kind in FEEDS.values() if kind.is_of(source)), None)


def stale_after(source: str) -> timedelta:
    """How old a price of this source may grow: three answers of its feed, and at least STALE_AFTER."""
    seconds, kind = settings.MARKET_POLL_SECONDS, kind_of_source(source)
    if kind is not None and kind.paced_by:
        seconds = max(seconds, getattr(settings, kind.paced_by) + kind.delay)
    return max(STALE_AFTER, timedelta(seconds=float(ANSWERS_UNTIL_STALE * seconds)))


@lru_cache(maxsize=8)
def _chain(asked: tuple[tuple[str, FeedKind, tuple[Any, ...]], ...]) -> FeedChain:
    """The feeds of these entries; the same entries and values share their feeds."""
    feeds: list[Feed] = []
    for text, kind, values in asked:
        try:
            feeds.append(kind.open(*values))
        except ValueError as error:
            raise ImproperlyConfigured(f"MARKET_FEED has {text!r}, but {error}.") from error
    return FeedChain(tuple(feeds))
