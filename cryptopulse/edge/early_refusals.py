"""Middleware that refuses a request before anything of it is read and before anybody is known."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import get_resolver
from django.utils.decorators import sync_and_async_middleware

Answer = Callable[[HttpRequest], Any]


def refusing(refusal: Callable[[HttpRequest], HttpResponse | None]) -> Callable[[Answer], Answer]:
    """A middleware that answers with the refusal, where there is one for the request, and else hands it on."""

    @sync_and_async_middleware
    def middleware(get_response: Answer) -> Answer:
        if iscoroutinefunction(get_response):

            async def answer_async(request: HttpRequest) -> HttpResponseBase:
                return refusal(request) or await cast(Awaitable[HttpResponseBase], get_response(request))

            return answer_async

        def answer(request: HttpRequest) -> HttpResponseBase:
            return refusal(request) or get_response(request)

        return answer

    return middleware


def error_page(request: HttpRequest, status: int) -> HttpResponse:
    """The site's page of an error, or the problem below /api/."""
    handler: Callable[..., HttpResponse] = get_resolver().resolve_error_handler(status)
    return handler(request)
