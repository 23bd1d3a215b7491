"""What every page of the site needs: navigation, theme and privacy. No store request is made here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from core.accounts.domain import THEMES, User
from core.console.menu import places_of

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
        "theme": theme_of(request),
        "privacy": privacy_of(request),
        "places": [(place, place.covers(request.path)) for place in PLACES],
        "staff_places": [(place, place.covers(request.path)) for place in places_of(user)] if user else [],
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


def _user(request: HttpRequest) -> User | None:
    """The signed-in user; None for a visitor and where an error came before the sign-in was looked at."""
    user: object = getattr(request, "user", None)
    return user if isinstance(user, User) else None
