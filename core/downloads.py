"""Downloads, sent while their rows are still being read.

Text from other people is guarded in CSV: a spreadsheet would run a cell that begins like a formula.
"""

import csv
import io
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, StreamingHttpResponse

PIECE = 16_384
"""Characters that are sent at once, at least."""
GUARD = "'"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", GUARD)


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula: with an apostrophe before it where it begins so."""
    return GUARD + text if text.startswith(_FORMULA) else text


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of CSV (RFC 4180), the first with the names of the columns. Text in cells must come through `guarded`."""
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    for row in chain([columns], rows):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def json_text(items: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """`{"items": [...], "next": null}`, as a list of the API that is on one page."""
    encoder = DjangoJSONEncoder(ensure_ascii=False)
    yield '{"items": ['
    for place, item in enumerate(items):
        yield ("," if place else "") + "\n" + encoder.encode(item)
    yield '\n], "next": null}\n'


def download(request: HttpRequest, name: str, content_type: str, text: Iterable[str]) -> StreamingHttpResponse:
    """The text as a file of this name.

    The first rows are read here, so that a store that is out of reach is answered like everywhere.
    """
    pieces = _pieces(text)
    whole = chain([next(pieces, b"")], pieces)
    response = StreamingHttpResponse(streamed(request, whole), content_type=f"{content_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def streamed(request: HttpRequest, pieces: Iterator[bytes]) -> Iterator[bytes] | AsyncIterator[bytes]:
    """The pieces as the content of a StreamingHttpResponse, whichever kind of server asks."""
    return _awaited(pieces) if isinstance(request, ASGIRequest) else pieces


def _pieces(text: Iterable[str]) -> Iterator[bytes]:
    kept: list[str] = []
    size = 0
    for part in text:
        kept.append(part)
        size += len(part)
        if size >= PIECE:
            yield "".join(kept).encode()
            kept, size = [], 0
    if kept:
        yield "".join(kept).encode()


async def _awaited(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, each read on the request's own thread: the store waits, the server does not."""
    following = sync_to_async(lambda: next(pieces, None))
    while (piece := await following()) is not None:
        yield piece
