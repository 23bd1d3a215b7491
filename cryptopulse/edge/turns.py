"""Requests of a web process take turns: only some are worked at a time, and no client keeps the others waiting.

Django gives every request a thread of its own; without a bound a thousand requests were a thousand threads. A request
waits for its turn once it has arrived whole, and gives it back when its answer begins: so a slow client holds none.
"""

import asyncio
import hashlib
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from core import addresses
from core.api.problems import plain_problem
from core.codes import codes
from core.errors import RETRY_AFTER
from cryptopulse.edge.body_limit import Application, Message, Receive, Send

WAITS = 10.0
"""Seconds for which a request waits for its turn before it is answered 503."""

WATCHED = frozenset({"/healthz", "/readyz", "/metrics"})
WATCHERS_AT_ONCE = 4
"""Requests for the addresses of WATCHED that are worked at a time: they have turns of their own, so that
monitoring is answered though the site is overloaded."""

Client = tuple[str, str]
"""An address, and the digest of the credential that was sent from it, known to the site or not."""
Turn = asyncio.Future[None]


class Turns:
    """An ASGI application whose requests take turns: by address first, then by credential.

    `REQUESTS_AT_ONCE` of them are worked at a time, of one client an eighth of that.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self.rota = Rota(lambda: settings.REQUESTS_AT_ONCE)
        self.watchers = Rota(lambda: WATCHERS_AT_ONCE)

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        request = _Request(self.watchers if scope["path"] in WATCHED else self.rota, scope, receive, send)
        try:
            await self._application(scope, request.receive, request.send)
        finally:
            request.end()


class Rota:
    """Who is at work, and who waits.

    `at_once`: how many are at work at the same time, asked at each turn; of one client an eighth, and one at least.
    """

    def __init__(self, at_once: Callable[[], int]) -> None:
        self._at_once = at_once
        self.at_work: Counter[Client] = Counter()
        self._waiting: OrderedDict[str, OrderedDict[Client, deque[Turn]]] = OrderedDict()

    def ask(self, client: Client) -> Turn:
        """A turn of the client, done once it has come; cancel it to withdraw. To be given back when it is over."""
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client[0], OrderedDict()).setdefault(client, deque()).append(turn)
        self._give()
        return turn

    def give_back(self, client: Client) -> None:
        """A turn of the client is over."""
        self.at_work[client] -= 1
        if not self.at_work[client]:
            del self.at_work[client]
        self._give()

    def _give(self) -> None:
        """Give turns to those that wait, while there are any."""
        while self.at_work.total() < self._at_once() and (client := self._next()) is not None:
            self.at_work[client] += 1

    def _next(self) -> Client | None:
        """Whose turn has now come, of those with less than their share; they and their address go to the end."""
        share = max(self._at_once() // 8, 1)
        for address, clients in list(self._waiting.items()):
            for client, turns in list(clients.items()):
                while turns and turns[0].cancelled():
                    turns.popleft()
                has_turn = bool(turns) and self.at_work[client] < share
                if has_turn:
                    turns.popleft().set_result(None)
                    clients.move_to_end(client)
                    self._waiting.move_to_end(address)
                if not turns:
                    del clients[client]
                if not clients:
                    del self._waiting[address]
                if has_turn:
                    return client
        return None


class _Request:
    """One request on its way through the application."""

    def __init__(self, rota: Rota, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        self._rota = rota
        self._client = _client_of(scope)
        self._is_of_api = str(scope["path"]).startswith("/api/")
        self._receive, self._send = receive, send
        self._has_turn = False
        self._leaving: asyncio.Task[Message] | None = None

    async def receive(self) -> Message:
        """The next message of the client; the last part of the body once it is the request's turn."""
        if self._leaving is not None:
            return await asyncio.shield(self._leaving)
        message = await self._receive()
        if message["type"] == "http.request" and not message.get("more_body"):
            turn = self._rota.ask(self._client)
            if not turn.done():
                return await self._waited_for(turn, message)
            self._has_turn = True
        return message

    async def send(self, message: Mapping[str, Any]) -> None:
        """Pass on a part of the answer; once it begins, the turn is over."""
        if message["type"] == "http.response.start":
            self._give_back()
        await self._send(message)

    def end(self) -> None:
        """The request is over."""
        self._give_back()
        if self._leaving is not None:
            self._leaving.cancel()

    async def _waited_for(self, turn: Turn, message: Message) -> Message:
        """The message when its turn has come; that the client has gone, where it left before or was sent away."""
        self._leaving = asyncio.ensure_future(self._receive())
        either: set[asyncio.Future[Any]] = {turn, self._leaving}
        try:
            await asyncio.wait(either, timeout=WAITS, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._has_turn = turn.done()
            turn.cancel()
        if self._has_turn:
            return message
        if not self._leaving.done():
            await self._refuse()
        return {"type": "http.disconnect"}

    async def _refuse(self) -> None:
        code = codes()["busy"]
        headers = {"Retry-After": str(RETRY_AFTER), "Connection": "close"}
        answer = plain_problem(code.status, "busy", code.about, headers)
        if not self._is_of_api:
            sentence = "This site is overloaded at the moment. Nothing was changed. Try again shortly.\n"
            answer = HttpResponse(
                sentence, status=code.status, content_type="text/plain; charset=utf-8", headers=headers
            )
        encoded = [(name.lower().encode(), value.encode()) for name, value in answer.items()]
        await self._send({"type": "http.response.start", "status": answer.status_code, "headers": encoded})
        await self._send({"type": "http.response.body", "body": answer.content})

    def _give_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self._rota.give_back(self._client)


def _client_of(scope: Mapping[str, Any]) -> Client:
    """Who sent a request, as far as that can be said without looking anything up.

    Visitors of one address are one client for reading and one for writing: reading does not wait for sign-ins.
    """
    address = (scope.get("client") or (addresses.NOWHERE,))[0]
    credential = b""
    for name, value in scope["headers"]:
        if name == b"authorization":
            credential += value
        elif name == b"cookie":
            credential += _session_in(value)
    who = (
        hashlib.sha256(credential).hexdigest()
        if credential
        else "reads"
        if scope["method"] in ("GET", "HEAD")
        else "writes"
    )
    return addresses.counted_as(address), who


def _session_in(cookies: bytes) -> bytes:
    """The session that a Cookie header names; empty where it names none."""
    start = f"{settings.SESSION_COOKIE_NAME}=".encode()
    return next((part.strip() for part in cookies.split(b";") if part.strip().startswith(start)), b"")
