"""Who calls the API: an API key in the `Authorization` header, or the session of a signed-in browser; and who may."""

from typing import Any

from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from core import clock
from core.accounts.domain import ApiKey, User
from core.accounts.errors import AccountNotActive
from core.accounts.selectors import find_api_key, find_user
from core.errors import NotPermitted


def holder_of(secret: str) -> tuple[User, ApiKey]:
    """The user of an API key, and the key; 2 store requests.

    Raises AuthenticationFailed for a key that is not good, AccountNotActive for one of a stopped account.
    """
    key = find_api_key(secret) if secret else None
    user = find_user(key.username, consistent=False) if key and not key.is_expired(clock.now()) else None
    if key is None or user is None or key.created_at < user.created_at:  # a name may have another owner by now
        raise AuthenticationFailed("This API key is unknown, revoked or expired. Create a new one.", "key_refused")
    if not user.is_active:
        raise AccountNotActive(user)
    return user, key


class ApiKeyAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer <api key>`; 2 store requests. `request.auth` is the ApiKey."""

    keyword = "Bearer"

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The user and the key; None when the request brings none. Raises what `holder_of` raises."""
        scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() != self.keyword.lower():
            return None
        return holder_of(secret.strip())

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return f'{self.keyword} realm="CryptoPulse"'


class SessionAuthentication(authentication.SessionAuthentication):
    """The user whom `core.accounts.middleware.identify` found, with a CSRF token for requests that change things."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The user; None for a visitor. Raises PermissionDenied when the CSRF token is missing or wrong."""
        user = request._request.user
        if not isinstance(user, User):
            return None
        self.enforce_csrf(request)
        return user, None


class SignedIn(BasePermission):
    """The default: signed in, by session or API key; a key that may only read changes nothing."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the request may go on. Raises NotPermitted `scope_too_narrow`."""
        if not request.user.is_authenticated:
            return False
        if isinstance(request.auth, ApiKey) and request.auth.scope == "read" and request.method not in SAFE_METHODS:
            raise NotPermitted("This API key may only read. Use one with the scope write.", code="scope_too_narrow")
        return True
