"""Requests that are too large are refused before they are read, so that they cannot fill the disk."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from cryptopulse.edge.early_refusals import error_page, refusing

MOST_BODY = 11 * 1024 * 1024
"""Bytes of a body: a file of 10 MB, and room for the rest of its form."""

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


class LimitedBodies:
    """An ASGI application whose requests never have a larger body than `MOST_BODY`.

    A body that says that it is larger is not handed on, and `refuse_large_bodies` answers; one that grows beyond what
    it said, or said nothing, ends the request.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        limited = _without_body(receive) if _length_of(scope) > MOST_BODY else _counted(receive)
        await self._application(scope, limited, send)


def _refusal(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) <= MOST_BODY:
        return None
    return error_page(request, 413)


refuse_large_bodies = refusing(_refusal)
"""Answers with 413 where a body says that it is larger than `MOST_BODY`."""


def _length_of(scope: dict[str, Any]) -> int:
    """What the request says of its body; 0 where it says nothing."""
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _without_body(receive: Receive) -> Receive:
    answered = False

    async def limited() -> Message:
        nonlocal answered
        if not answered:
            answered = True
            return {"type": "http.request", "body": b"", "more_body": False}
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return message

    return limited


def _counted(receive: Receive) -> Receive:
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > MOST_BODY else message

    return limited
