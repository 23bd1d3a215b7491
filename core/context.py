"""What every page of the site needs: navigation, feed label, theme and privacy. No store request is made here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from core.accounts.domain import THEMES, User
from core.console.menu import places_of
from core.currencies import BASE

THEME_COOKIE = "theme"
PRIVACY_COOKIE = "privacy"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the main navigation; `key` is the letter of its `g` shortcut, `root` the addresses it covers."""

    label: str
    url_name: str
    icon: str
    key: str
    root: str

    def covers(self, path: str) -> bool:
        """Whether a page of this address belongs under this entry."""
        return path == self.root if self.root == "/" else path.startswith(self.root)


@dataclass(frozen=True, slots=True)
class FeedCredit:
    """Who tells live prices: the name to show, and the address that it links to."""

    name: str
    url: str


FEED_CREDITS = {
    "coingecko": FeedCredit("CoinGecko", "https://www.coingecko.com"),
    "binance": FeedCredit("Binance, in USDT", "https://www.binance.com"),
}

PLACES = (
    Place("Overview", "overview:home", "home", "o", "/"),
    Place("Portfolio", "portfolio:home", "briefcase", "p", "/portfolio/"),
    Place("Markets", "market:list", "arrow-trending-up", "m", "/markets/"),
    Place("Budgets", "budgets:home", "bars-3-bottom-left", "b", "/budgets/"),
    Place("Carbon", "carbon:home", "leaf", "c", "/carbon/"),
    Place("Alerts", "alerts:list", "bell", "a", "/alerts/"),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    user = _user(request)
    return {
        "signed_in": user is not None,
        "is_sample": user is not None and user.account == "sample",
        "base_currency": BASE,
        "theme": theme_of(request),
        "privacy": privacy_of(request),
        "places": [(place, place.covers(request.path)) for place in PLACES],
        "staff_places": [(place, place.covers(request.path)) for place in places_of(user)] if user else [],
        "feed_label": feed_label(settings.MARKET_FEED),
        "feed_credits": feed_credits(settings.MARKET_FEED),
    }


def theme_of(request: HttpRequest) -> str:
    """The theme of a signed-in user's settings; for a visitor the cookie's, else the system's."""
    user = _user(request)
    chosen = user.theme if user else request.COOKIES.get(THEME_COOKIE)
    return chosen if chosen in THEMES else "system"


def privacy_of(request: HttpRequest) -> bool:
    """Whether amounts are hidden, by the same rule as the theme."""
    user = _user(request)
    return user.privacy if user else request.COOKIES.get(PRIVACY_COOKIE) == "on"


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


def _user(request: HttpRequest) -> User | None:
    """The signed-in user; None for a visitor and where an error came before the sign-in was looked at."""
    user: object = getattr(request, "user", None)
    return user if isinstance(user, User) else None
