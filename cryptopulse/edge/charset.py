"""Text that comes in is UTF-8: a request that names another charset is refused before anything of it is decoded.

Python knows codecs that take minutes for a few megabytes, and some that are no charsets at all. US-ASCII is refused
like the others: what is ASCII is UTF-8 already, and need not say so. The encoding of an uploaded bank file is read from
its content, elsewhere.
"""

from email.message import Message
from typing import Any

from django.http import HttpRequest, HttpResponse

from cryptopulse.edge.body_limit import Application, Receive, Send
from cryptopulse.edge.early_refusals import error_page, refusing

TAKEN = frozenset({"utf-8", "utf8"})
LONGEST_TYPE = 500
"""Characters of a `Content-Type`; reading one takes the square of its length, and a boundary has 70 at most."""
REFUSED_TYPE = b"application/octet-stream; charset=refused"


class ReadableTypes:
    """An ASGI application that never sees a `Content-Type` which `is_utf8` refuses: Django reads it before middleware.

    What it sees instead is a type of a charset that does not exist, which `refuse_other_charsets` answers.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        types = [value for name, value in scope["headers"] if name == b"content-type"]
        if not is_utf8(b",".join(types).decode("latin-1")):
            others = [header for header in scope["headers"] if header[0] != b"content-type"]
            scope = {**scope, "headers": [*others, (b"content-type", REFUSED_TYPE)]}
        await self._application(scope, receive, send)


def is_utf8(content_type: str) -> bool:
    """Whether every charset that a `Content-Type` names is UTF-8, under that name or as `utf8`.

    False too for a value that is too long to be read, and for one with an extended parameter (`name*=charset''text`),
    which has a charset of its own.
    """
    if ";" not in content_type:
        return True
    if len(content_type) > LONGEST_TYPE or "*" in content_type:
        return False
    header = Message()
    header["content-type"] = content_type
    return all(str(value).lower() in TAKEN for name, value in header.get_params([]) if name == "charset")


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if not is_utf8(request.META.get("CONTENT_TYPE", "")):
        return error_page(request, 415)
    if request.encoding is not None:
        request.encoding = "utf-8"  # Django knows forms by this name alone
    return None


refuse_other_charsets = refusing(_refusal)
"""Answers with 415 where `is_utf8` refuses the `Content-Type`."""
