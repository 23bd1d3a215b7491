"""Who opens a connection: its handshake is an HTTP request with the cookie of a browser or the key of a program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.asgi import ASGIRequest
from django.utils.http import is_same_domain
from rest_framework.exceptions import AuthenticationFailed

from core import addresses
from core.accounts.api.authentication import ApiKeyAuthentication, holder_of
from core.accounts.errors import AccountNotActive
from core.accounts.sessions import user_of
from core.storage import journey


class HandshakeRefused(Exception):
    """The connection is not opened: status, code and detail of the answer, as the API gives them."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Caller:
    """Who opened a connection: `username` None for a visitor. `address` is as limits count it.

    `is_good()` returns whether the caller's key or sign-in is still good; 2 store requests.
    """

    username: str | None
    address: str
    is_good: Callable[[], bool]


def caller_of(scope: Mapping[str, Any]) -> Caller:
    """The caller of a handshake; at most 2 store requests. Raises HandshakeRefused, StorageError.

    A key needs no origin: no page of another site can make a browser send one. A cookie does, since a browser sends it
    along whichever page opens the connection, and always names that page's origin.
    """
    request = _request(scope)
    address = addresses.counted_as(addresses.client_address(request))
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    with journey("stream"):
        if scheme.lower() == ApiKeyAuthentication.keyword.lower():
            return _program(secret.strip(), address)
        if not _is_own_page(request):
            raise HandshakeRefused(
                403, "origin_refused", "Pages of this origin may not connect. CSRF_TRUSTED_ORIGINS lists others."
            )
        session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        if not session_key or "Origin" not in request.headers:
            return Caller(None, address, lambda: True)
        return _browser(session_key, address)


def _program(secret: str, address: str) -> Caller:
    try:
        user, _ = holder_of(secret)
    except AuthenticationFailed as error:
        raise HandshakeRefused(401, "key_refused", str(error.detail)) from error
    except AccountNotActive as error:
        raise HandshakeRefused(403, error.code, str(error)) from error

    def is_good() -> bool:
        try:
            with journey("stream"):
                return holder_of(secret)[0].username == user.username
        except (AuthenticationFailed, AccountNotActive):
            return False

    return Caller(user.username, address, is_good)


def _browser(session_key: str, address: str) -> Caller:
    def username() -> str | None:
        with journey("stream"):
            user = user_of(import_module(settings.SESSION_ENGINE).SessionStore(session_key))
        return None if user is None else user.username

    signed_in = username()
    return Caller(signed_in, address, lambda: username() == signed_in)


def _request(scope: Mapping[str, Any]) -> ASGIRequest:
    """The handshake as Django reads requests."""
    scheme = "https" if scope.get("scheme") == "wss" else "http"
    return ASGIRequest({**scope, "type": "http", "method": "GET", "scheme": scheme}, BytesIO())


def _is_own_page(request: ASGIRequest) -> bool:
    """Whether the page that opens the connection, if it is one, is ours, by the rules for forms."""
    try:
        own = f"{'https' if request.is_secure() else 'http'}://{request.get_host()}"
    except DisallowedHost:
        return False
    origin = request.headers.get("Origin")
    if origin is None or origin in (own, _origin(settings.PUBLIC_URL)):
        return True
    return any(_is_of(origin, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_of(origin: str, trusted: str) -> bool:
    """Whether an origin is a trusted one, which may name all hosts of a domain: `https://*.example.com`."""
    try:
        parts, allowed = urlsplit(origin), urlsplit(trusted)
    except ValueError:
        return False
    return parts.scheme == allowed.scheme and is_same_domain(parts.netloc, allowed.netloc.lstrip("*"))
