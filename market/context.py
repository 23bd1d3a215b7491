"""Which feeds the prices are from, for every page. No store request is made here."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from market.domain import SIMULATED
from market.feeds import FEEDS, FeedKind

LIVE = "live"


def feeds(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {"feed_label": feed_label(settings.MARKET_FEED), "feed_credits": feed_credits(settings.MARKET_FEED)}


def feed_label(feeds: list[str]) -> str:
    """The kind of the prices in words: of the first feed, and of the rest where one is live and another is not."""
    kinds = [_words(feed) for feed in feeds]
    if not kinds:
        return ""
    if kinds[0] == SIMULATED:
        return "Simulated market"
    other = next((kind for kind in kinds if (kind == LIVE) != (kinds[0] == LIVE)), None)
    rest = "" if other is None else f", the rest {other}"
    return f"{'Live prices' if kinds[0] == LIVE else kinds[0][0].upper() + kinds[0][1:]}{rest}"


def feed_credits(feeds: list[str]) -> list[FeedKind]:
    """The feeds to credit beside the prices, by their `words` with a link to their `url`."""
    named = feeds[: feeds.index(SIMULATED)] if SIMULATED in feeds else feeds
    return [FEEDS[feed] for feed in named if feed in FEEDS and FEEDS[feed].is_live]


def _words(feed: str) -> str:
    """`live`, `simulated`, or `replay of` a file."""
    name, _, argument = feed.partition(":")
    kind = FEEDS.get(name)
    if kind is None:
        return feed
    return LIVE if kind.is_live else f"{kind.words} {Path(argument.split('?')[0]).name}".strip()
