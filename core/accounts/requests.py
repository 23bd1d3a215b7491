"""Types of requests whose user is known, for the signatures of views, and reading and setting that user."""

from typing import cast

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from rest_framework.request import Request

from core.accounts.domain import Anonymous, User


class SignedInRequest(HttpRequest):
    """A request that passed `guard.RequireSignIn` on a view that is not public: its user is a `User`."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails


class ApiRequest(Request):
    """The same for a view of the API behind `core.accounts.api.authentication.SignedIn`."""

    user: User  # type: ignore[assignment]


def who(request: HttpRequest | Request) -> User | Anonymous:
    """Who makes the request, on a view that is open to visitors."""
    return cast("User | Anonymous", request.user)


def set_user(request: HttpRequest, user: User | Anonymous) -> None:
    """From now on this is who makes the request."""
    cast(SignedInRequest, request).user = cast(User, user)
