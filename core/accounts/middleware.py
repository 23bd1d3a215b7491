"""Who makes the request: `request.user` is a `User` or `Anonymous`, never anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from core.accounts.domain import Anonymous, User
from core.accounts.requests import set_user, who
from core.accounts.sessions import USERNAME, user_of

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def identify(get_response: GetResponse) -> GetResponse:
    """Middleware that puts the user on the request and makes the user's time zone the current one.

    2 store requests for a signed-in browser, none without a session cookie. No shared cache keeps what a signed-in
    user sees.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        user = _user_of(request)
        set_user(request, user)
        with timezone.override(user.zone):
            response = get_response(request)
        if who(request).is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response

    return middleware


def _user_of(request: HttpRequest) -> User | Anonymous:
    """The user of the session; a session that is no longer valid is ended."""
    user = user_of(request.session)
    if user is None and request.session.get(USERNAME) is not None:
        request.session.flush()
    return user or Anonymous()
