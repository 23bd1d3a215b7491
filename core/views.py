"""Addresses for the programs that monitor the site."""

import multiprocessing

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from core import health
from core.accounts.guard import public
from core.metrics import Gauge, exposition, readers
from core.stream.hub import HUB

ONE_OF_SEVERAL = (
    "This web process is one of several behind one port, and each counts for itself: "
    "run each as `manage.py web`, or uvicorn without --workers, on a port of its own. See docs/operations.md.\n"
)


@public
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the process answers at all; the store is not asked."""
    return JsonResponse({"status": "ok"})


@public
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when the site can work, with the state of its parts; 503 when the store cannot be read or written.

    It is up to 5 seconds old, so that frequent callers ask the store no more often. The figures of the parts are for
    readers of `/metrics`; others see which parts there are, and which of them work.
    """
    report = health.recent_report()
    has_figures = not readers.refusal(request.META.get("REMOTE_ADDR", ""), request.headers)
    parts = {part.name: {"ok": part.ok, **(part.figures if has_figures else {})} for part in report.parts}
    return JsonResponse({"status": report.status, **parts}, status=200 if report.available else 503)


@public
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics of this process and the state of the site, for Prometheus; 401 or 403 for strangers."""
    if refused := readers.refusal(request.META.get("REMOTE_ADDR", ""), request.headers):
        return _plain(refused, 401 if settings.METRICS_TOKEN else 403)
    if multiprocessing.parent_process() is not None:
        return _plain(ONE_OF_SEVERAL, 503)
    connected = Gauge("cryptopulse_stream_connections", "Open `/ws/stream/` of this process.", HUB.count)
    gauges = (connected, *health.recent_report().gauges)
    body, content_type = exposition(request.headers.get("Accept", ""), gauges)
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": "no-store"})


def _plain(sentence: str, status: int) -> HttpResponse:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8", headers=headers)
