"""The limits of one connection, on a server inside the test."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from pytest_django.fixtures import Settings
from uvicorn.server import ServerState

from cryptopulse import connections
from cryptopulse.connections import LimitedConnection
from tests.platform.raw import GET

HANGS = b"GET /hang HTTP/1.1\r\nHost: localhost\r\n\r\n"
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
STREAMS = b"GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers at once, never, or with more than fits into any buffer; takes every websocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await asyncio.Event().wait()
    if scope["path"] == "/hang":
        await asyncio.Event().wait()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    if scope["path"] == "/stream":
        for _ in range(1000):
            await send({"type": "http.response.body", "body": b"x" * 100_000, "more_body": True})
    await send({"type": "http.response.body", "body": b"here"})


class Listening:
    """A server that listens, and those who are connected to it."""

    def __init__(self, port: int, state: ServerState) -> None:
        self._port = port
        self._state = state
        self._writers: list[asyncio.StreamWriter] = []

    async def connected(self, *sent: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection on which this was sent."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1000)
        self._writers.append(writer)
        writer.write(b"".join(sent))
        return reader, writer

    async def leave(self) -> None:
        """Close every connection from this side."""
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0.05)

    async def number_is(self, expected: int) -> None:
        """Returns once there are this many connections."""
        async with asyncio.timeout(30):
            while len(self._state.connections) != expected:
                await asyncio.sleep(0.02)


@asynccontextmanager
async def listening() -> Any:
    """A server, for as long as this lasts."""
    config = uvicorn.Config(application, lifespan="off", log_config=None, ws="websockets-sansio")
    config.load()
    state = ServerState()

    def connection() -> LimitedConnection:
        return LimitedConnection(config=config, server_state=state, app_state={})

    server = await asyncio.get_running_loop().create_server(connection, "127.0.0.1", 0)
    async with server:
        found = Listening(server.sockets[0].getsockname()[1], state)
        try:
            yield found
        finally:
            for task in list(state.tasks):
                task.cancel()
            for left in list(state.connections):
                left.transport.abort()
            await found.leave()


def run(play: Callable[[Listening], Coroutine[Any, Any, None]]) -> None:
    """Play a scene on a server of its own."""

    async def played() -> None:
        async with asyncio.timeout(60), listening() as found:
            await play(found)

    asyncio.run(played())


def test_who_does_not_read_the_answer_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "READS_WITHIN", 0.2)

    async def play(site: Listening) -> None:
        await site.connected(STREAMS)
        await site.number_is(1)
        await site.number_is(0)

    run(play)


def test_who_reads_on_gets_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "READS_WITHIN", 5.0)

    async def play(site: Listening) -> None:
        reader, _ = await site.connected(STREAMS)
        length = 0
        while not (part := await reader.read(1_000_000)).endswith(b"0\r\n\r\n"):
            assert part
            length += len(part)
        assert length > 100_000_000 - 1_000_000

    run(play)


def test_where_every_connection_is_at_work_another_is_sent_away(settings: Settings) -> None:
    settings.CONNECTIONS = 2

    async def play(site: Listening) -> None:
        at_work = [await site.connected(HANGS) for _ in range(2)]
        await site.number_is(2)
        await asyncio.sleep(0.1)
        reader, _ = await site.connected()
        answer = await reader.read()
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"Retry-After: " in answer
        assert not any(other.at_eof() for other, _ in at_work)

    run(play)


def test_the_longest_waiting_makes_room_and_those_at_work_stay(settings: Settings) -> None:
    settings.CONNECTIONS = 3

    async def play(site: Listening) -> None:
        at_work = await site.connected(HANGS)
        await site.number_is(1)
        await asyncio.sleep(0.1)
        first, second = await site.connected(b"GET "), await site.connected()
        await site.number_is(3)
        third = await site.connected(GET)
        assert (await third[0].readline()).startswith(b"HTTP/1.1 200")
        assert await first[0].read() == b""
        assert not at_work[0].at_eof()
        second[1].write(GET)
        assert (await second[0].readline()).startswith(b"HTTP/1.1 200")

    run(play)


def test_a_connection_that_is_kept_for_more_requests_makes_room(settings: Settings) -> None:
    settings.CONNECTIONS = 2

    async def play(site: Listening) -> None:
        for _ in range(10):
            reader, _ = await site.connected(GET)
            assert (await reader.readline()).startswith(b"HTTP/1.1 200")

    run(play)


def test_a_head_that_is_too_long_is_refused(settings: Settings) -> None:
    async def play(site: Listening) -> None:
        reader, _ = await site.connected(GET[:-2], b"Cookie: ", b"a" * (connections.MOST_HEAD + 1))
        assert (await reader.readline()).startswith(b"HTTP/1.1 431 ")

    run(play)


def test_trailers_without_end_are_not_kept(settings: Settings) -> None:
    async def play(site: Listening) -> None:
        head = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        reader, writer = await site.connected(head, b"1\r\nx\r\n0\r\nX-Trailer: ")
        writer.write(b"a" * 1_000_000)
        async with asyncio.timeout(30):
            await reader.read(100)
        await site.number_is(0)

    run(play)


@pytest.mark.parametrize(
    "refused",
    [
        b"Content-Length: 10\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Cookie: " + b"a" * 9000 + b"\r\n",
        b"X: y\r\n" * 200,
        b"X: a\x80\r\n: b\r\n",
    ],
)
def test_a_handshake_of_a_websocket_that_cannot_be_read_is_answered_and_ended(refused: bytes) -> None:
    async def play(site: Listening) -> None:
        reader, _ = await site.connected(HANDSHAKE, refused, b"\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 400 ")
        await site.number_is(0)

    run(play)


def test_one_that_can_be_read_is_taken() -> None:
    async def play(site: Listening) -> None:
        reader, _ = await site.connected(HANDSHAKE, b"\r\n")
        assert (await reader.readline()).startswith(b"HTTP/1.1 101 ")
        assert not reader.at_eof()

    run(play)
