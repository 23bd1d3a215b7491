"""Compressed answers are whole for clients that unpack one gzip member, as every browser does."""

import asyncio
import gzip
import zlib
from collections.abc import AsyncIterator, Iterator

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import AsyncClient, AsyncRequestFactory, RequestFactory

from cryptopulse.compression import GZip
from tests.accounts.exports import read, with_rows
from tests.builders import a_user, an_api_key

PIECES = [f"{n:06}".encode() * 2_000 for n in range(5)]
ACCEPTING = {"Accept-Encoding": "gzip, deflate, br"}


def unpacked(packed: bytes) -> tuple[bytes, bytes]:
    """What one gzip member holds, and what comes after it."""
    member = zlib.decompressobj(wbits=31)
    return member.decompress(packed), member.unused_data


async def collected(response: HttpResponseBase) -> list[bytes]:
    assert isinstance(response, StreamingHttpResponse)
    return [piece async for piece in aiter(response)]


async def streamed() -> AsyncIterator[bytes]:
    for piece in PIECES:
        yield piece


def answered(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    return GZip(lambda _: response).process_response(request, response)


def test_a_streamed_answer_is_one_member_and_comes_piece_by_piece() -> None:
    request = AsyncRequestFactory().get("/", headers=ACCEPTING)
    response = answered(request, StreamingHttpResponse(streamed()))
    packed = asyncio.run(collected(response))
    assert response["Content-Encoding"] == "gzip"
    assert unpacked(b"".join(packed)) == (b"".join(PIECES), b"")
    assert unpacked(packed[0])[0] == PIECES[0]


def test_an_answer_that_the_client_or_its_maker_wants_plain_stays_so() -> None:
    plain = answered(AsyncRequestFactory().get("/"), StreamingHttpResponse(streamed()))
    encoded = StreamingHttpResponse(streamed(), headers={"Content-Encoding": "br"})
    request = AsyncRequestFactory().get("/", headers=ACCEPTING)
    for response in (plain, answered(request, encoded)):
        assert asyncio.run(collected(response)) == PIECES
    assert not plain.has_header("Content-Encoding")


@pytest.mark.parametrize("whole", [True, False])
def test_answers_of_other_servers_are_compressed_as_before(whole: bool) -> None:
    made: Iterator[bytes] = iter(PIECES)
    response = HttpResponse(b"".join(PIECES)) if whole else StreamingHttpResponse(made)
    answer = answered(RequestFactory().get("/", headers=ACCEPTING), response)
    assert gzip.decompress(b"".join(answer)) == b"".join(PIECES)


def test_an_export_is_whole_in_a_browser() -> None:
    user = a_user()
    with_rows(user, 400)
    headers = {**ACCEPTING, "Authorization": f"Bearer {an_api_key(user, 'read')}"}

    async def fetched() -> bytes:
        return b"".join(await collected(await AsyncClient().get("/api/v1/auth/me/export/", headers=headers)))

    text, rest = unpacked(asyncio.run(fetched()))
    assert rest == b""
    exported = read(text)
    assert exported.end is not None
    assert exported.end["sha256"] == exported.sha256
