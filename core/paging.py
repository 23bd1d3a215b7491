"""Lists in pages: the cursor in an address, and that of the page that follows.

A cursor is good for the user, the path and the query that it was given for: the size of a page may change, and
parameters without a value do not count.
"""

from collections.abc import Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from rest_framework.request import Request

from core.reading import Rows
from core.requests import username_of
from core.storage import CursorRefused, Key, read_cursor, sign_cursor

CURSOR, LIMIT = "cursor", "limit"
START = "start"

T = TypeVar("T")


def cursor_of(request: HttpRequest | Request) -> Key | None:
    """The cursor in `?cursor=`, None on the first page.

    Raises CursorRefused for a cursor that is broken, of another user, of another list or of another query.
    """
    text = request.GET.get(CURSOR)
    return read_cursor(text, username=username_of(request), view=_list_of(request)) if text else None


def cursor_or_first(request: HttpRequest) -> Key | None:
    """The same for a page that people see: the first page, and a message, instead of a cursor that is refused."""
    try:
        return cursor_of(request)
    except CursorRefused:
        messages.warning(request, "That page of the list is no longer available; this is the first one.")
        return None


def next_cursor(request: HttpRequest | Request, rows: Rows[Any]) -> str | None:
    """The text of the cursor for the page that follows; None after the last."""
    if rows.cursor is None:
        return None
    return sign_cursor(rows.cursor, username=username_of(request), view=_list_of(request))


def slice_of(items: Sequence[T], limit: int, cursor: Key | None) -> Rows[T]:
    """One page of a list that is in memory; its cursor says where the rest begins."""
    start = 0 if cursor is None else int(cursor[START])
    end = start + limit
    return Rows(tuple(items[start:end]), {START: end} if end < len(items) else None)


def _list_of(request: HttpRequest | Request) -> str:
    query = [
        (name, value)
        for name, values in sorted(request.GET.lists())
        if name not in (CURSOR, LIMIT)
        for value in values
        if value
    ]
    return f"{request.path}?{urlencode(query)}"
