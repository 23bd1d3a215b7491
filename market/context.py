"""What every page says about its prices: which feeds they are from. No store request is made here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class FeedCredit:
    """Who tells live prices: the name to show, and the address that it links to."""

    name: str
    url: str


FEED_CREDITS = {
    "coingecko": FeedCredit("CoinGecko", "https://www.coingecko.com"),
    "binance": FeedCredit("Binance, in USDT", "https://www.binance.com"),
}


def feeds(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    return {"feed_label": feed_label(settings.MARKET_FEED), "feed_credits": feed_credits(settings.MARKET_FEED)}


def feed_label(feeds: list[str]) -> str:
    """What the prices are, in words: those of the first feed, and the rest where one is live and another is not."""
    kinds = [_kind(feed) for feed in feeds]
    if not kinds:
        return ""
    if kinds[0] == "simulated":
        return "Simulated market"
    other = next((kind for kind in kinds if (kind == "live") != (kinds[0] == "live")), None)
    rest = "" if other is None else f", the rest {other}"
    return f"{'Live prices' if kinds[0] == 'live' else kinds[0][0].upper() + kinds[0][1:]}{rest}"


def feed_credits(feeds: list[str]) -> list[FeedCredit]:
    """Who is to be named beside the prices; CoinGecko's terms ask for a link."""
    named = feeds[: feeds.index("simulated")] if "simulated" in feeds else feeds
    return [FEED_CREDITS[feed] for feed in named if feed in FEED_CREDITS]


def _kind(feed: str) -> str:
    """`live`, `simulated`, or `replay of` a file."""
    if feed in FEED_CREDITS:
        return "live"
    if feed.startswith("replay:"):
        return f"replay of {Path(feed.removeprefix('replay:').split('?')[0]).name}"
    return feed
