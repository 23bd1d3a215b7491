"""Who may call which view of the API."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core.accounts.domain import ApiKey, Role
from core.accounts.requests import who
from core.errors import NotPermitted


class SignedIn(BasePermission):
    """The default: signed in, by session or API key; a key that may only read changes nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on. Raises NotPermitted `scope_too_narrow`."""
        if not request.user.is_authenticated:
            return False
        if isinstance(request.auth, ApiKey) and request.auth.scope == "read" and request.method not in SAFE_METHODS:
            raise NotPermitted("This API key may only read. Use one with the scope write.", code="scope_too_narrow")
        return True


def has_role(*allowed: Role) -> type[SignedIn]:
    """A permission for users who have one of these roles."""

    class HasRole(SignedIn):
        """Signed in with one of the roles."""

        def has_permission(self, request: Request, view: Any) -> bool:
            """Whether the user has one of the roles."""
            return super().has_permission(request, view) and who(request).has_role(*allowed)

    return HasRole
