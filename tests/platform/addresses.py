"""The product's addresses, and views beside them that fail in every way."""

from typing import NoReturn

from django.http import HttpRequest
from django.urls import path

from core.accounts.guard import public
from core.errors import Busy, CryptoPulseError, InvalidInput, NotFound, NotPermitted, Refused
from core.storage import CursorRefused, StoreUnavailable
from cryptopulse import urls
from cryptopulse.urls import handler400, handler403, handler404, handler409, handler500, handler503

__all__ = ["handler400", "handler403", "handler404", "handler409", "handler500", "handler503", "urlpatterns"]

FAILURES: dict[str, Exception] = {
    "invalid": InvalidInput({"amount": ["Too little."]}, "The amount is too little."),
    "refused": Refused("insufficient_funds", "You have 5.00; this costs 6.00."),
    "not-permitted": NotPermitted("Only an administrator may do this."),
    "not-found": NotFound("This order"),
    "cursor": CursorRefused("not of this list"),
    "busy": StoreUnavailable(),
    "too-much": Busy("Too many people are signing in at the moment.", retry_after=7),
    "answer-lost": StoreUnavailable(outcome_unknown=True),
    "fault": ZeroDivisionError("a fault of ours"),
    "unknown": CryptoPulseError("something new"),
}


@public
def fail(request: HttpRequest, how: str) -> NoReturn:
    """Raise the failure of this name."""
    raise FAILURES[how]


urlpatterns = [
    path("fail/<how>/", fail, name="fail"),
    path("api/fail/<how>/", fail, name="api-fail"),
    *urls.urlpatterns,
]
