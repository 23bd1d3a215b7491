"""Middleware of the whole site: id, journey, count and log line of each request, and errors that people can act on."""

import logging
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.decorators import sync_and_async_middleware

from core import error_pages, ids, logs
from core.metrics.counters import count_request
from core.storage import journey, one_work

HEADER = "X-Request-ID"
_PLAIN = re.compile(r"[A-Za-z0-9._-]{8,64}")

GetResponse = Callable[[HttpRequest], Any]

logger = logging.getLogger("core.requests")


@sync_and_async_middleware
def request_id(get_response: GetResponse) -> GetResponse:
    """Name each request, count it and its store requests under its view, and log how it went.

    The client's own X-Request-ID is kept when it is 8 to 64 plain characters; the answer carries it.
    """
    if iscoroutinefunction(get_response):

        async def answer_async(request: HttpRequest) -> HttpResponseBase:
            with _named(request) as finished:
                return finished(await cast(Awaitable[HttpResponseBase], get_response(request)))

        return answer_async

    def answer(request: HttpRequest) -> HttpResponseBase:
        with _named(request) as finished:
            return finished(get_response(request))

    return answer


class ErrorPages:
    """Turns errors of a view that a person can act on into their pages, instead of an internal error."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The page of the error; None, for Django to go on, when there is none."""
        return error_pages.page_of(request, error)


@contextmanager
def _named(request: HttpRequest) -> Iterator[Callable[[HttpResponseBase], HttpResponseBase]]:
    """Gives the request its name while it is worked on; yields what is to be done with the answer."""
    given = request.headers.get(HEADER, "")
    name = given if _PLAIN.fullmatch(given) else ids.new_id()
    view = _view_name(request)
    started = time.perf_counter()

    def finished(response: HttpResponseBase) -> HttpResponseBase:
        seconds = time.perf_counter() - started
        response.headers[HEADER] = name
        count_request(view, request.method, response.status_code, seconds)
        _log(request, response.status_code, view, seconds)
        return response

    request.META["REQUEST_ID"] = name
    token = logs.request_id.set(name)
    try:
        with journey(view), one_work():
            yield finished
    finally:
        logs.request_id.reset(token)


def _has_wrong_host(request: HttpRequest) -> bool:
    try:
        request.get_host()
    except DisallowedHost:
        return True
    return False


def _view_name(request: HttpRequest) -> str:
    """The name of the view, which says what was done without the ids and tokens that a path may hold."""
    try:
        return resolve(request.path_info).view_name or "unnamed"
    except Resolver404:
        return "no such page"


def _log(request: HttpRequest, status: int, view: str, seconds: float) -> None:
    if status == 400 and _has_wrong_host(request):
        return  # logged already, and seldom enough
    user = getattr(request, "user", None)
    logger.log(
        logging.ERROR if status >= 500 else logging.INFO,
        "%s %s %d",
        request.method,
        view,
        status,
        extra={
            "method": request.method,
            "view": view,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "username": getattr(user, "username", "") or "",
        },
    )
