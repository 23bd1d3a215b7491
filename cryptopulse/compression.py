"""Answers are compressed for browsers that can unpack them."""

import secrets
from collections.abc import AsyncIterator
from gzip import GzipFile
from typing import cast

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.text import StreamingBuffer

LEVEL = 6


class GZip(GZipMiddleware):
    """Django's compression, with one gzip member for an answer that an ASGI server streams.

    Django makes each piece a member of its own. Browsers and curl unpack the first member alone and call the file
    whole: everything after the first piece would be lost without a word.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed where the client accepts it and nobody has encoded it yet."""
        if not isinstance(response, StreamingHttpResponse) or not response.is_async:
            return super().process_response(request, response)
        pieces = cast("AsyncIterator[bytes]", response.streaming_content)
        was_encoded = response.has_header("Content-Encoding")
        super().process_response(request, response)
        if response.has_header("Content-Encoding") and not was_encoded:
            response.streaming_content = _in_one_member(pieces, secrets.randbelow(self.max_random_bytes))
        return response


async def _in_one_member(pieces: AsyncIterator[bytes], padding: int) -> AsyncIterator[bytes]:
    """The pieces, each to be unpacked as soon as it has come; the padding hides the size of the whole."""
    buffer = StreamingBuffer()
    with GzipFile(filename=b"a" * padding, mode="wb", compresslevel=LEVEL, fileobj=buffer, mtime=0) as packed:
        async for piece in pieces:
            packed.write(piece)
            packed.flush()
            yield buffer.read()
    yield buffer.read()
