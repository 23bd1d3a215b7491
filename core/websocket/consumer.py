"""The websocket `/ws/stream/`, one consumer for each connection. Its protocol is in docs/stream.md."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from core import wiring
from core.api.problems import MEDIA_TYPE, problem
from core.storage import StorageError, journey
from core.stream.connection import Connection, Ending
from core.stream.hub import HUB, CannotJoin
from core.stream.messages import Message, Price
from core.websocket.client_messages import LONGEST_MESSAGE, Allowance, Malformed, watched_ids
from core.websocket.handshake import Caller, HandshakeRefused, caller_of

READS_WITHIN = 10.0
"""Seconds in which a client must take what it is sent, once its buffers are full."""
MOST_MALFORMED = 5

TOO_MANY_MESSAGES = Ending(4429, "Too many messages.")
TOO_MANY_MALFORMED = Ending(4400, "Too many malformed messages.")
TOO_LONG = Ending(1009, f"A message may have {LONGEST_MESSAGE} bytes.")
SIGNED_OUT = Ending(4401, "This sign-in or key has ended.")
UNAVAILABLE = Ending(1013, "The data cannot be reached at the moment; try again later.")


class Stream(AsyncWebsocketConsumer):
    """One connection. The hub listens to the layer for all of them, so that a consumer has no channel of its own."""

    channel_layer_alias = "none: the hub has it"

    _caller: Caller
    _connection: Connection | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Serve the connection until either side ends it."""
        self._dropped = asyncio.Event()
        self._allowance = Allowance()
        self._malformed = 0
        self._tasks: list[asyncio.Task[None]] = []
        try:
            await super().__call__(scope, self._until_dropped(receive), send)
        finally:
            for task in self._tasks:
                task.cancel()
            if self._connection is not None:
                HUB.leave(self._connection)

    async def connect(self) -> None:
        """Take the connection, or refuse it as the API refuses a request."""
        try:
            self._caller = await asyncio.to_thread(caller_of, self.scope)
        except HandshakeRefused as refused:
            await self._refuse(refused)
            return
        except StorageError:
            await self._refuse(HandshakeRefused(503, "unavailable", UNAVAILABLE.reason))
            return
        connection = Connection(self._caller.username, self._caller.address)
        try:
            await HUB.join(connection)  # first, so that nothing is missed that happens after the handshake
        except CannotJoin as error:
            await self.accept()
            await self._close(error.ending)
            return
        self._connection = connection
        await self.accept()
        self._start(self._send_pending(connection))
        if self._caller.username is not None:
            self._start(self._check_sign_in(connection))

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        """Take a message of the client."""
        connection = self._connection
        if connection is None:
            return
        if len((text_data or "").encode()) > LONGEST_MESSAGE or len(bytes_data or b"") > LONGEST_MESSAGE:
            connection.end(TOO_LONG)
        elif not self._allowance.take():
            connection.end(TOO_MANY_MESSAGES)
        else:
            try:
                await self._watch(connection, watched_ids(text_data))
            except Malformed as error:
                await self._object(connection, str(error))
            except StorageError:
                connection.end(UNAVAILABLE)

    async def _watch(self, connection: Connection, asset_ids: frozenset[str]) -> None:
        """Answer with the assets that exist, and send their prices, also those that come in the meantime."""
        HUB.watch(connection, asset_ids)
        prices = await asyncio.to_thread(_prices_of, asset_ids)
        HUB.watch(connection, frozenset(prices))
        await self._send({"type": "watching", "assets": sorted(prices), "unknown": sorted(asset_ids - prices.keys())})
        for price in prices.values():
            if price is not None:
                connection.queue_price(price.message())

    async def _object(self, connection: Connection, detail: str) -> None:
        await self._send({"type": "error", "code": "malformed", "detail": detail})
        self._malformed += 1
        if self._malformed >= MOST_MALFORMED:
            connection.end(TOO_MANY_MALFORMED)

    async def _send_pending(self, connection: Connection) -> None:
        while True:
            due = await connection.next()
            if isinstance(due, Ending):
                await self._close(due)
                return
            for message in due:
                await self._send(message)

    async def _check_sign_in(self, connection: Connection) -> None:
        """End the connection when the sign-in has ended, checking now and then, and at once when asked to."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(connection.recheck.wait(), float(settings.STREAM_CHECK_SECONDS))
            connection.recheck.clear()
            with suppress(StorageError):  # not known now: the next check will show it
                if not await asyncio.to_thread(self._caller.is_good):
                    connection.end(SIGNED_OUT)
                    return

    async def _send(self, message: Message) -> None:
        await self._within_time(self.send(json.dumps(message)))

    async def _close(self, ending: Ending) -> None:
        await self._within_time(self.close(ending.code, ending.reason))

    async def _within_time(self, sending: Coroutine[Any, Any, None]) -> None:
        """Drop a client that does not read, and one that has gone."""
        try:
            await asyncio.wait_for(sending, READS_WITHIN)
        except (OSError, RuntimeError):  # TimeoutError is an OSError
            self._dropped.set()

    async def _refuse(self, refused: HandshakeRefused) -> None:
        body = json.dumps(problem(refused.status, refused.code, refused.detail)).encode()
        headers = [(b"content-type", MEDIA_TYPE.encode())]
        if refused.status == 401:
            headers.append((b"www-authenticate", b'Bearer realm="CryptoPulse"'))
        await self.base_send({"type": "websocket.http.response.start", "status": refused.status, "headers": headers})
        await self.base_send({"type": "websocket.http.response.body", "body": body})

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    def _until_dropped(self, receive: Callable[[], Awaitable[Message]]) -> Callable[[], Awaitable[Message]]:
        """What the server's `receive` gives; a disconnect once the client was dropped."""

        async def next_message() -> Message:
            receiving = asyncio.ensure_future(receive())
            dropped = asyncio.ensure_future(self._dropped.wait())
            try:
                await asyncio.wait([receiving, dropped], return_when=asyncio.FIRST_COMPLETED)
                return receiving.result() if receiving.done() else {"type": "websocket.disconnect", "code": 1006}
            finally:
                receiving.cancel()
                dropped.cancel()

        return next_message


async def nothing_here(_scope: Any, receive: Any, send: Any) -> None:
    """The application of every other websocket address: it opens none."""
    await receive()
    await send({"type": "websocket.close"})


def _prices_of(asset_ids: frozenset[str]) -> dict[str, Price | None]:
    """Those of the assets that exist, with their prices."""
    [prices_of] = wiring.listed("STREAM_PRICES")
    with journey("stream"):
        prices: dict[str, Price | None] = prices_of(asset_ids)
    return prices
