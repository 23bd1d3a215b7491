"""Lists in pages: `{"items": [...], "next": "<cursor>" | null}`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from rest_framework.request import Request

from core.errors import InvalidInput
from core.requests import username_of
from core.storage import Key, read_cursor, sign_cursor

DEFAULT_LIMIT = 50
MOST = 100

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


class Paged(Protocol[T_co]):
    """What has a page of things and the cursor of what follows: `core.storage.Page`, or an app's own."""

    @property
    def items(self) -> Sequence[T_co]:
        """The things of this page."""

    @property
    def cursor(self) -> Key | None:
        """Where the next page goes on; None after the last."""


def limit_of(request: Request) -> int:
    """How many items the client wants: 1 to 100, 50 when it does not say. Raises InvalidInput."""
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST:
        raise InvalidInput({"limit": [f"Give a whole number from 1 to {MOST}."]})
    return int(text)


def cursor_of(request: Request, *, view: str) -> Key | None:
    """The cursor in `?cursor=`, None on the first page.

    `view` names the list, with its filters where it has any. Raises CursorRefused for a cursor that is broken, of
    another user, or of another list.
    """
    text = request.query_params.get("cursor")
    return read_cursor(text, username=username_of(request), view=view) if text else None


def listed(request: Request, page: Paged[T], serialize: Callable[[T], Any], *, view: str) -> dict[str, Any]:
    """The body of a list; `view` as for `cursor_of`."""
    following = page.cursor
    return {
        "items": [serialize(item) for item in page.items],
        "next": None if following is None else sign_cursor(following, username=username_of(request), view=view),
    }
