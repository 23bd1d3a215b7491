"""Errors of the product as answers to a browser: which page shows which error."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from core.errors import CryptoPulseError
from core.storage.errors import CursorRefused, StoreUnavailable

logger = logging.getLogger(__name__)


def status_of(error: BaseException) -> int | None:
    """The HTTP status of the error; None for an error of the site itself."""
    if isinstance(error, CryptoPulseError):
        return error.status
    if isinstance(error, CursorRefused):
        return 400
    if isinstance(error, StoreUnavailable):
        return 503
    return None


def log_advice(error: BaseException) -> None:
    """Log what the operator must do, where an error of the store calls for it."""
    if advice := getattr(error, "advice", ""):
        logger.error("%s (%s)", advice, error)


def page_of(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """The page of the error, made by the `handler<status>` of the addresses; None for an error of the site itself."""
    status = status_of(error)
    log_advice(error)
    if status is None:
        return None
    handler: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(status)
    return handler(request, exception=error)
