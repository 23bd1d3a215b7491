"""What every page of the site needs: navigation, theme and privacy. No store request is made here."""

from typing import Any

from django.http import HttpRequest

from core.accounts.domain import THEMES, User
from core.currencies import BASE
from core.menu import places, staff_places

THEME_COOKIE = "theme"
PRIVACY_COOKIE = "privacy"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context of every template."""
    user = _user(request)
    return {
        "signed_in": user is not None,
        "is_sample": user is not None and user.account == "sample",
        "base_currency": BASE,
        "theme": theme_of(request),
        "privacy": privacy_of(request),
        "places": [(place, place.covers(request.path)) for place in places()],
        "staff_places": [(place, place.covers(request.path)) for place in staff_places(user)] if user else [],
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
    """The signed-in user; None for a visitor, and where an error came before the sign-in was read."""
    user: object = getattr(request, "user", None)
    return user if isinstance(user, User) else None
