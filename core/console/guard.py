"""Keeping pages and endpoints of the staff area for those whose role has the right."""

from collections.abc import Callable
from typing import Any, TypeVar

from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from core.accounts.api.authentication import SignedIn
from core.accounts.guard import roles
from core.accounts.requests import who
from core.accounts.rights import Right, may

View = TypeVar("View", bound=Callable[..., Any])

RIGHT = "staff_right"


def staff_page(right: Right) -> Callable[[View], View]:
    """Keep a page for the roles that have the right; others get 403, visitors the sign-in page."""

    def mark(view: View) -> View:
        setattr(view, RIGHT, right)
        return roles(*sorted(right.roles))(view)

    return mark


def staff_right(see: Right, *, change: Right | None = None) -> type[SignedIn]:
    """The permission of an endpoint: one right for requests that change nothing, another, if named, for the rest."""

    class HasRight(SignedIn):
        """Signed in, with the right that the method asks for."""

        rights = (see, change or see)

        def has_permission(self, request: Request, view: Any) -> bool:
            """Whether the user's role has the right. Raises NotPermitted `scope_too_narrow`."""
            right = see if request.method in SAFE_METHODS else change or see
            return super().has_permission(request, view) and may(who(request), right)

    return HasRight
