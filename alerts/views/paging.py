"""Listings in pages on a page of the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.contrib import messages

from alerts.selectors import Rows
from core.accounts.requests import SignedInRequest
from core.storage import CursorRefused, Key, read_cursor, sign_cursor

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Rows, and the signed cursor of those that follow, as the pager wants it."""

    items: Sequence[T]
    next: str | None


def cursor_in(request: SignedInRequest, view: str) -> Key | None:
    """The cursor in the address; the first page, with a word about it, for one that is broken or not this user's."""
    text = request.GET.get("cursor")
    try:
        return read_cursor(text, username=request.user.username, view=view) if text else None
    except CursorRefused:
        messages.warning(request, "That page of the list is no longer there; this is the first one.")
        return None


def listing(request: SignedInRequest, rows: Rows[T], view: str) -> Listing[T]:
    """The rows with a cursor that is good for this user and view alone."""
    if rows.cursor is None:
        return Listing(rows.items, None)
    return Listing(rows.items, sign_cursor(rows.cursor, username=request.user.username, view=view))
