"""Listings of pages: reading on from a signed cursor in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib import messages
from django.http import HttpRequest

from core.reading import Rows
from core.requests import username_of
from core.storage import CursorRefused, Key, read_cursor, sign_cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shown(Generic[T]):
    """Rows of one page; `next` is the signed cursor of the following one, for `{% pager %}`."""

    items: Sequence[T]
    next: str | None


def cursor_in(request: HttpRequest, *, view: str) -> Key | None:
    """The cursor in `?cursor=`, None on the first page; `view` names the listing with its filters.

    For one that is broken, of another user or of another listing it is the first page too, with a word about it.
    """
    text = request.GET.get("cursor")
    try:
        return read_cursor(text, username=username_of(request), view=view) if text else None
    except CursorRefused:
        messages.warning(request, "That page of the list is no longer there; this is the first one.")
        return None


def shown(request: HttpRequest, rows: Rows[T], *, view: str) -> Shown[T]:
    """The rows as a page; `view` as for `cursor_in`."""
    cursor = rows.cursor
    return Shown(rows.items, None if cursor is None else sign_cursor(cursor, username=username_of(request), view=view))
