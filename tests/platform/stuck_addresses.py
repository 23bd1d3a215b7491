"""The product's addresses, and beside them a view that never answers and one that asks for a task that never ends."""

import logging
import threading
from typing import NoReturn

from celery import shared_task
from django.http import HttpRequest, HttpResponse
from django.urls import path

from core import nudges
from core.accounts.guard import public
from cryptopulse import urls
from cryptopulse.urls import handler400, handler403, handler404, handler409, handler500, handler503

__all__ = ["handler400", "handler403", "handler404", "handler409", "handler500", "handler503", "urlpatterns"]

BEGUN = "it will never end"


def hang() -> NoReturn:
    """Never returns."""
    logging.getLogger(__name__).warning(BEGUN)
    while True:
        threading.Event().wait(3600)


@shared_task(name="tests.hang")
def hanging_task() -> None:
    """Never ends."""
    hang()


@public
def hanging_view(request: HttpRequest) -> NoReturn:
    """Never answers."""
    hang()


@public
def ask_for_task(request: HttpRequest) -> HttpResponse:
    """Asks a worker for the task that never ends."""
    nudges.send(hanging_task)
    return HttpResponse(b"{}", content_type="application/json")


urlpatterns = [path("hang/", hanging_view), path("hanging-task/", ask_for_task), *urls.urlpatterns]
