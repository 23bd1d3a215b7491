"""The site's error pages: what happened in one sentence, and what to do now."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

RETRY_AFTER_SECONDS = 5


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request itself makes no sense."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but the role does not allow it."""
    return render(request, "403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without a valid token, mostly one left open while signing in or out elsewhere."""
    return render(request, "403.html", {"form_expired": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or somebody else's."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Rendered without the request, which may be what broke."""
    return HttpResponse(_without_request(request, "500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the store cannot answer now; nothing was written, the same form may be sent again."""
    page = _without_request(request, "503.html")
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _without_request(request: HttpRequest, template: str) -> str:
    request_id = getattr(request, "request_id", "")
    return render_to_string(template, {"request_id": request_id, "debug": settings.DEBUG})
