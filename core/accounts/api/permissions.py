"""Who may call which view of the API."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core.accounts.domain import ApiKey
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
