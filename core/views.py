"""Addresses for the machines that watch the site."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core import health
from core.accounts.guard import public


@public
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; the store is not asked."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the site can work, with the state of its parts; 503 when the store does not answer."""
    report = health.report()
    parts = {part.name: {"ok": part.ok, **part.figures} for part in report.parts}
    return JsonResponse({"status": report.status, **parts}, status=200 if report.available else 503)
