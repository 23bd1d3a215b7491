"""Who makes a request, for the floors below the accounts."""

from typing import Any

from django.http import HttpRequest
from rest_framework.request import Request


def username_of(request: HttpRequest | Request) -> str:
    """The name of who makes the request; empty for a visitor."""
    user: Any = request.user
    return str(user.username)
