"""The websocket `/ws/stream/` as an ASGI application. Its protocol is in docs/stream.md."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any

from django.conf import settings

from core import wiring
from core.api.problems import MEDIA_TYPE, problem
from core.storage import StorageError, journey
from core.stream.connection import Connection, Ending
from core.stream.hub import HUB, CannotJoin
from core.stream.messages import Message, Price
from core.websocket.client_messages import LONGEST_MESSAGE, Allowance, Malformed, watched_ids
from core.websocket.handshake import Caller, HandshakeRefused, caller_of

Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

READS_WITHIN = 10.0
"""Seconds in which a client must take what it is sent, once its buffers are full."""
MOST_MALFORMED = 5

TOO_MANY_MESSAGES = Ending(4429, "Too many messages.")
TOO_MANY_MALFORMED = Ending(4400, "Too many malformed messages.")
TOO_LONG = Ending(1009, f"A message may have {LONGEST_MESSAGE} bytes.")
SIGNED_OUT = Ending(4401, "This sign-in or key has ended.")
UNAVAILABLE = Ending(1013, "The data cannot be reached at the moment; try again later.")


async def stream(scope: Any, receive: Receive, send: Send) -> None:
    """Take one connection, or refuse it as the API refuses a request, and serve it until either side ends it."""
    await receive()  # the handshake
    try:
        caller = await asyncio.to_thread(caller_of, scope)
    except HandshakeRefused as refused:
        await _refuse(send, refused)
        return
    except StorageError:
        await _refuse(send, HandshakeRefused(503, "unavailable", UNAVAILABLE.reason))
        return
    connection = Connection(caller.username, caller.address)
    try:
        await HUB.join(connection)  # first, so that nothing is missed that happens after the handshake
    except CannotJoin as error:
        with suppress(OSError, RuntimeError):  # it may have gone
            await send({"type": "websocket.accept"})
            await asyncio.wait_for(send(_close(error.ending)), READS_WITHIN)
        return
    try:
        await send({"type": "websocket.accept"})
        await _Session(caller, connection, receive, send).serve()
    finally:
        HUB.leave(connection)


class _Gone(Exception):
    """The client does not read, or has gone."""


class _Session:
    """A connection that was taken: what the client sends, and what it is sent."""

    def __init__(self, caller: Caller, connection: Connection, receive: Receive, send: Send) -> None:
        self._caller = caller
        self._connection = connection
        self._receive = receive
        self._send_raw = send
        self._allowance = Allowance()
        self._malformed = 0

    async def serve(self) -> None:
        """Until the client has gone, or was closed or dropped."""
        both_ways = [asyncio.create_task(self._take_messages()), asyncio.create_task(self._send_pending())]
        tasks = [*both_ways]
        if self._caller.username is not None:
            tasks.append(asyncio.create_task(self._check_sign_in()))
        try:
            await asyncio.wait(both_ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        for outcome in outcomes:
            if isinstance(outcome, Exception) and not isinstance(outcome, _Gone):
                raise outcome

    async def _take_messages(self) -> None:
        while True:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                return
            await self._take(message.get("text"), message.get("bytes"))

    async def _take(self, text: str | None, data: bytes | None) -> None:
        if len((text or "").encode()) > LONGEST_MESSAGE or len(data or b"") > LONGEST_MESSAGE:
            self._connection.end(TOO_LONG)
        elif not self._allowance.take():
            self._connection.end(TOO_MANY_MESSAGES)
        else:
            try:
                await self._watch(watched_ids(text))
            except Malformed as error:
                await self._object(str(error))
            except StorageError:
                self._connection.end(UNAVAILABLE)

    async def _watch(self, asset_ids: frozenset[str]) -> None:
        """Answer with the assets that exist, and send their prices, also those that come in the meantime."""
        HUB.watch(self._connection, asset_ids)
        prices = await asyncio.to_thread(_prices_of, asset_ids)
        HUB.watch(self._connection, frozenset(prices))
        await self._send({"type": "watching", "assets": sorted(prices), "unknown": sorted(asset_ids - prices.keys())})
        for price in prices.values():
            if price is not None:
                self._connection.queue_price(price.message())

    async def _object(self, detail: str) -> None:
        await self._send({"type": "error", "code": "malformed", "detail": detail})
        self._malformed += 1
        if self._malformed >= MOST_MALFORMED:
            self._connection.end(TOO_MANY_MALFORMED)

    async def _send_pending(self) -> None:
        while True:
            due = await self._connection.next()
            if isinstance(due, Ending):
                await self._within_time(_close(due))
                return
            for message in due:
                await self._send(message)

    async def _check_sign_in(self) -> None:
        """End the connection when the sign-in has ended, checking now and then, and at once when asked to."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._connection.recheck.wait(), float(settings.STREAM_CHECK_SECONDS))
            self._connection.recheck.clear()
            with suppress(StorageError):  # not known now: the next check will show it
                if not await asyncio.to_thread(self._caller.is_good):
                    self._connection.end(SIGNED_OUT)
                    return

    async def _send(self, message: Message) -> None:
        await self._within_time({"type": "websocket.send", "text": json.dumps(message)})

    async def _within_time(self, event: Message) -> None:
        """Hand an event to the server. Raises _Gone for a client that does not read, and for one that has gone."""
        try:
            await asyncio.wait_for(self._send_raw(event), READS_WITHIN)
        except (OSError, RuntimeError) as error:  # TimeoutError is an OSError
            raise _Gone from error


def _close(ending: Ending) -> Message:
    return {"type": "websocket.close", "code": ending.code, "reason": ending.reason}


async def _refuse(send: Send, refused: HandshakeRefused) -> None:
    body = json.dumps(problem(refused.status, refused.code, refused.detail)).encode()
    headers = [(b"content-type", MEDIA_TYPE.encode())]
    if refused.status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="CryptoPulse"'))
    await send({"type": "websocket.http.response.start", "status": refused.status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": body})


async def nothing_here(_scope: Any, receive: Receive, send: Send) -> None:
    """The application of every other websocket address: it opens none."""
    await receive()
    await send({"type": "websocket.close"})


def _prices_of(asset_ids: frozenset[str]) -> dict[str, Price | None]:
    """Those of the assets that exist, with their prices."""
    [prices_of] = wiring.listed("STREAM_PRICES")
    with journey("stream"):
        prices: dict[str, Price | None] = prices_of(asset_ids)
    return prices
