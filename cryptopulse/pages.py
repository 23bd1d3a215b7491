"""The site's error pages: what happened in one sentence, and what to do now."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from core import error_pages, logs
from core.errors import CryptoPulseError

RETRY_AFTER_SECONDS = 5


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    detail = getattr(exception, "detail", "")
    return render(request, "400.html", {"detail": detail}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but the role does not allow it."""
    return render(request, "403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token, mostly one left open while signing in or out elsewhere."""
    return render(request, "403.html", {"form_expired": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or somebody else's."""
    return render(request, "404.html", status=404)


def refused(request: HttpRequest, exception: CryptoPulseError) -> HttpResponse:
    """409: a rule refuses it, and nothing was changed."""
    return render(request, "409.html", {"detail": exception.detail}, status=409)


def unavailable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """503: the store cannot answer now; nothing was written, the same form may be sent again."""
    page = _without_request("503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, rendered without the request, which may be what broke.

    Middleware that meets an error of ours, the store out of reach for one, ends here too, with that error's own page.
    """
    error = sys.exc_info()[1]
    page = error_pages.page_of(request, error) if error is not None else None
    return page or HttpResponse(_without_request("500.html"), status=500)


def _without_request(template: str) -> str:
    return render_to_string(template, {"request_id": logs.request_id.get()})
