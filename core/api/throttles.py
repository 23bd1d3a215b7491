"""How many requests the API takes from one user or address; counted in Django's cache."""

from typing import Any

from django.conf import settings
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from core import addresses
from core.requests import username_of


class _PerMinute(SimpleRateThrottle):
    """Requests within the last minute; the option named by `option` says how many, read at each request."""

    option: str

    def get_rate(self) -> str:
        """The option as a rate."""
        return f"{getattr(settings, self.option)}/minute"

    def get_ident(self, request: Request) -> str:
        """Who is counted as one: an address, or an IPv6 network."""
        return addresses.counted_as(addresses.client_address(request._request))


class PerUser(_PerMinute):
    """Signed-in users, wherever they are."""

    scope = "user"
    option = "API_REQUESTS_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """One count for each user; None, no count, for visitors."""
        username = username_of(request)
        return self.cache_format % {"scope": self.scope, "ident": username} if username else None


class PerAddress(_PerMinute):
    """Visitors without credentials, by address."""

    scope = "address"
    option = "API_VISITOR_REQUESTS_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        """One count for each address; None, no count, for signed-in users."""
        if request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}


class SignIns(PerAddress):
    """Registrations, token requests and the forms of visitors: each costs a password hash or a mail."""

    scope = "sign-ins"
    option = "API_SIGN_INS_PER_MINUTE"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """One count for each address, signed in or not."""
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}
