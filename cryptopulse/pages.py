"""The site's error pages: what happened in one sentence, and what to do now. Below /api/ they are problems."""

import sys
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core import error_pages, logs
from core.accounts.domain import Anonymous
from core.accounts.rights import may
from core.api.problems import plain_problem
from core.codes import codes
from core.console.rights import SEE_HEALTH
from core.errors import RETRY_AFTER, Busy, CryptoPulseError

Page = Callable[..., HttpResponse]


def problem_below_api(code: str, **headers: str) -> Callable[[Page], Page]:
    """An error page in whose place clients of the API get the problem of this code, with these headers."""

    def decorate(page: Page) -> Page:
        @wraps(page)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.path.startswith("/api/"):
                named = {name.replace("_", "-"): value for name, value in headers.items()}
                return plain_problem(codes()[code].status, code, codes()[code].about, named)
            return page(request, *args, **kwargs)

        return answer

    return decorate


@problem_below_api("malformed")
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    detail = getattr(exception, "detail", "")
    return render(request, "400.html", {"detail": detail}, status=400)


@problem_below_api("not_permitted")
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but the role does not allow it."""
    return render(request, "403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token, mostly one left open while signing in or out elsewhere."""
    return render(request, "403.html", {"form_expired": True}, status=403)


@problem_below_api("not_found")
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or another user's."""
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: CryptoPulseError) -> HttpResponse:
    """409: a rule refuses it, and nothing was changed."""
    return render(request, "409.html", {"detail": exception.detail}, status=409)


@problem_below_api("body_too_large")
def too_large(request: HttpRequest) -> HttpResponse:
    """413: more was sent at once than the site takes; answered before anybody is known, so without their name."""
    return HttpResponse(_without_request("413.html"), status=413)


@problem_below_api("charset_refused")
def not_utf8(request: HttpRequest) -> HttpResponse:
    """415: text in another charset than UTF-8; answered before anybody is known, so without their name."""
    return HttpResponse(_without_request("415.html"), status=415)


@problem_below_api("unavailable", Retry_After=str(RETRY_AFTER))
def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: the store cannot answer now, or there is too much to do.

    Whether nothing was written, and that the same form may be sent again.
    """
    facts = {
        "outcome_unknown": getattr(exception, "outcome_unknown", False),
        "detail": getattr(exception, "detail", ""),
        "is_broken": bool(getattr(exception, "advice", "")),
        "advice": _advice(request, exception),
    }
    page = _without_request("503.html", **facts)
    retry_after = exception.retry_after if isinstance(exception, Busy) else RETRY_AFTER
    return HttpResponse(page, status=503, headers={"Retry-After": str(retry_after)})


def server_error(request: HttpRequest) -> HttpResponse:
    """500: an internal error.

    Middleware that meets an error of ours, the store out of reach for one, ends here too, with that error's own page.
    """
    error = sys.exc_info()[1]
    page = error_pages.page_of(request, error) if error is not None else None
    return page or _fault(request, error)


@problem_below_api("error")
def _fault(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    facts = {"advice": _advice(request, error), "is_operator": _is_operator(request)}
    return HttpResponse(_without_request("500.html", **facts), status=500)


def _advice(request: HttpRequest, error: BaseException | None) -> str:
    """What to do about the error, for an administrator; empty for other users."""
    return str(getattr(error, "advice", "")) if _is_operator(request) else ""


def _is_operator(request: HttpRequest) -> bool:
    """Whether the request is known, without asking the store again, to be of an administrator."""
    return may(getattr(request, "user", Anonymous()), SEE_HEALTH)


def _without_request(template: str, **facts: object) -> str:
    """The page without what depends on who asks: neither their menu nor the links by which a visitor signs in."""
    return render_to_string(template, {"request_id": logs.request_id.get(), **facts})
