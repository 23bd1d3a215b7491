"""Default deny: a view is for signed-in users unless it says otherwise.

`@public` opens a view to visitors, `@roles("admin")` narrows it. Views of the API are let through: their own
default permission denies, in the API's manner (`core.accounts.api.authentication.SignedIn`).
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import resolve_url
from rest_framework.views import APIView

from core.accounts.domain import Role
from core.accounts.requests import who

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "open_to_visitors"
ROLES = "roles_allowed"


def public(view: View) -> View:
    """Open a view function or class to visitors who are not signed in."""
    setattr(view, PUBLIC, True)
    return view


def roles(*allowed: Role) -> Callable[[View], View]:
    """Keep a view function or class for users who have one of these roles; others get 403."""

    def mark(view: View) -> View:
        setattr(view, ROLES, allowed)
        return view

    return mark


class RequireSignIn:
    """Middleware that sends visitors of a view that is not public to the sign-in page, and back afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The redirect for a visitor; None to go on. Raises PermissionDenied for a role that is not allowed."""
        if _mark(view, PUBLIC) or _is_of_the_api(view):
            return None
        if not who(request).is_authenticated:
            return _to_sign_in(request)
        allowed = _mark(view, ROLES)
        if allowed and not who(request).has_role(*allowed):
            raise PermissionDenied
        return None


def _mark(view: Callable[..., Any], name: str) -> Any:
    return getattr(view, name, None) or getattr(getattr(view, "view_class", None), name, None)


def _is_of_the_api(view: Callable[..., Any]) -> bool:
    view_class = getattr(view, "cls", None)
    return isinstance(view_class, type) and issubclass(view_class, APIView)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, which returns to the page asked for; htmx loads it as a whole page, not into a fragment."""
    htmx = request.headers.get("HX-Request") == "true"
    back = request.get_full_path() if request.method in ("GET", "HEAD") and not htmx else None
    address = resolve_url(settings.LOGIN_URL) + (f"?{urlencode({'next': back})}" if back and back != "/" else "")
    if htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return HttpResponseRedirect(address)
