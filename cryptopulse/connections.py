"""One connection of a web process: how long its client is waited for, and how many there may be at a time.

uvicorn waits for ever for a request that does not come to its end. Here a client must send the head of a request within
`REQUEST_HEAD_SECONDS`; its body within `REQUEST_BODY_SECONDS` and one second more for each `BODY_RATE` bytes that have
arrived; and take an answer without a pause of `READS_WITHIN`. Other clients are disconnected.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import Any

from django.conf import settings
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from core.errors import RETRY_AFTER

MOST_HEAD = 64 * 1024
"""Bytes of the request line and all headers of one request; as many of anything else that is not its body."""
BODY_RATE = 8 * 1024
"""Bytes a second: the slowest upload that is waited for, that of a poor mobile line."""
READS_WITHIN = 60.0
"""Seconds for which an answer may wait for its client to read on."""
CLOSES_WITHIN = 10.0
"""Seconds for which a connection that is being closed may wait for its client to read what was sent."""


class Waiting:
    """The connections of a process that wait for their clients, the longest waiting first.

    When there are as many connections as there may be, these are closed to make room, so that clients that open many
    and send nothing do not keep others out.
    """

    def __init__(self) -> None:
        self._connections: dict[LimitedConnection, None] = {}

    def add(self, connection: LimitedConnection) -> None:
        """It waits, from now on unless it waits already."""
        self._connections.setdefault(connection)

    def discard(self, connection: LimitedConnection) -> None:
        """It waits no longer."""
        self._connections.pop(connection, None)

    def drop_first(self) -> bool:
        """End the connection that waits for the longest; False where none waits."""
        for connection in self._connections:
            self.discard(connection)
            connection.transport.abort()
            return True
        return False


WAITING = Waiting()
"""Those of this process."""


class LimitedConnection(HttpToolsProtocol):
    """uvicorn's connection with limits."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._since_progress = 0
        self._body_bytes = 0
        self._body_begun = 0.0
        self._receives: asyncio.TimerHandle | None = None
        self._reads: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn narrows it
        """Take the connection, or refuse it where there are too many."""
        is_full = len(self.connections) >= settings.CONNECTIONS
        super().connection_made(transport)
        if is_full and not WAITING.drop_first():
            self._refuse(503, "The site has too many connections now. Try again shortly.")
        else:
            self._wait_for_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The client has gone, or was ended."""
        self._stop_waiting()
        if self._reads is not None:
            self._reads.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a client that begins its next request must finish its head in time too."""
        if self.transport.is_closing():
            return
        if self._receives is None and self._is_between_requests:
            self._wait_for_head()
        self._since_progress += len(data)
        super().data_received(data)
        if self._since_progress > MOST_HEAD and not self.transport.is_closing():
            self._refuse(431, "The head of this request is too long. Delete the cookies of this site, and try again.")

    def on_headers_complete(self) -> None:
        """The head is whole; the body must follow in time."""
        self._since_progress = self._body_bytes = 0
        self._body_begun = self.loop.time()
        self._wait_for_body()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of the body."""
        self._since_progress = 0
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        self._since_progress = 0
        self._stop_waiting()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The connection waits for another request, for `timeout_keep_alive` seconds."""
        super().on_response_complete()
        if not self.transport.is_closing() and self._is_between_requests:
            WAITING.add(self)

    def handle_websocket_upgrade(self) -> None:
        """From now on the connection is a websocket's, which has pings of its own.

        A handshake that its parser refuses, as one with a body, uvicorn would neither answer nor end.
        """
        self._stop_waiting()
        super().handle_websocket_upgrade()
        websocket: Any = self.transport.get_protocol()
        if not websocket.handshake_initiated:
            self._refuse(400, "This handshake of a websocket cannot be read.")

    def pause_writing(self) -> None:
        """The client reads more slowly than the site answers."""
        super().pause_writing()
        self._reads = self.loop.call_later(READS_WITHIN, self.transport.abort)

    def resume_writing(self) -> None:
        """The client has read on."""
        super().resume_writing()
        if self._reads is not None:
            self._reads.cancel()
            self._reads = None

    def timeout_keep_alive_handler(self) -> None:
        """No further request came."""
        if not self.transport.is_closing():
            self._close()

    @property
    def _is_between_requests(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    @property
    def _body_ends(self) -> float:
        return self._body_begun + float(settings.REQUEST_BODY_SECONDS) + self._body_bytes / BODY_RATE

    def _wait_for_head(self) -> None:
        WAITING.add(self)
        self._receives = self.loop.call_later(float(settings.REQUEST_HEAD_SECONDS), self._end_waiting_for_head)

    def _wait_for_body(self) -> None:
        if self._receives is not None:
            self._receives.cancel()
        self._receives = self.loop.call_at(self._body_ends, self._end_waiting_for_body)

    def _stop_waiting(self) -> None:
        WAITING.discard(self)
        if self._receives is not None:
            self._receives.cancel()
            self._receives = None

    def _end_waiting_for_head(self) -> None:
        self._receives = None
        if self._is_between_requests:
            self._close()

    def _end_waiting_for_body(self) -> None:
        self._receives = None
        if self.loop.time() < self._body_ends:
            self._wait_for_body()
        else:
            self.transport.abort()

    def _refuse(self, status: int, sentence: str) -> None:
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(sentence)}\r\nRetry-After: {RETRY_AFTER}\r\nConnection: close\r\n\r\n"
        )
        self.transport.write((head + sentence).encode())
        self._close()

    def _close(self) -> None:
        """Close it once the client has read what was sent; without waiting for that for long."""
        self._stop_waiting()
        self.transport.close()
        self.loop.call_later(CLOSES_WITHIN, self.transport.abort)
