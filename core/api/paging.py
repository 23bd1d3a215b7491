"""Lists in pages: `{"items": [...], "next": "<cursor>" | null}`."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from core.errors import InvalidInput
from core.paging import LIMIT, next_cursor
from core.reading import Rows

DEFAULT_LIMIT = 50
MOST = 100


def limit_of(request: Request) -> int:
    """How many items the client wants: 1 to `MOST`, `DEFAULT_LIMIT` by default. Raises InvalidInput."""
    text = request.query_params.get(LIMIT, str(DEFAULT_LIMIT))
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= MOST:
        raise InvalidInput({LIMIT: [f"Enter a whole number from 1 to {MOST}."]})
    return int(text)


def paged(request: Request, rows: Rows[Any], serializer: type[BaseSerializer[Any]]) -> Response:
    """The answer that holds one page of a list."""
    return Response({"items": serializer(rows.items, many=True).data, "next": next_cursor(request, rows)})
