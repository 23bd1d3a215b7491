"""The type of a request behind the guard, for the signatures of views."""

from __future__ import annotations

from django.http import HttpRequest

from core.accounts.domain import User


class SignedInRequest(HttpRequest):
    """A request that passed `guard.RequireSignIn` on a view that is not public: its user is a `User`."""

    user: User  # type: ignore[assignment]
