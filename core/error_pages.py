"""Errors of ours as answers to a browser: which page tells which error."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from core.errors import CryptoPulseError
from core.storage.errors import CursorRefused, StoreUnavailable

logger = logging.getLogger(__name__)


def status_of(error: BaseException) -> int | None:
    """The HTTP status that tells the error; None for one that is a fault of ours."""
    if isinstance(error, CryptoPulseError):
        return error.status
    if isinstance(error, CursorRefused):
        return 400
    if isinstance(error, StoreUnavailable):
        return 503
    return None


def log_advice(error: BaseException) -> None:
    """Say in the log what whoever runs the site must do, where an error of the store calls for it."""
    if advice := getattr(error, "advice", ""):
        logger.error("%s (%s)", advice, error)


def page_of(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """The site's page for the error, made by the `handler<status>` of the addresses; None for a fault of ours."""
    status = status_of(error)
    log_advice(error)
    if status is None:
        return None
    handler: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(status)
    return handler(request, exception=error)
