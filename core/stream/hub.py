"""The open connections of this process, and its one subscription to the layer between processes.

It listens from the first connection on. When the layer cannot be reached, or loses what is sent, all connections are
closed with "try again later", so that pages ask by themselves; the next client to connect makes the next try.
"""

import asyncio
import logging
from collections import Counter, defaultdict
from contextlib import suppress
from typing import Any

from channels.layers import get_channel_layer
from django.conf import settings

from core.stream.connection import Connection, Ending
from core.stream.messages import Message

GROUP = "stream"
PATIENCE = 2.0
"""Seconds that the layer may take for anything it is asked."""
BEAT = 2.0
"""Seconds between the messages that the hub sends to itself, to know that messages arrive."""
SILENCE = 5.0
"""Seconds without any message after which the layer counts as gone."""

OUT_OF_ORDER = Ending(1013, "Push is out of order; try again later.")

logger = logging.getLogger(__name__)


class CannotJoin(Exception):
    """The connection is not taken; `ending` says why."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.reason)
        self.ending = ending


class Hub:
    """All connections of one process. Its methods are called on the server's event loop, `loop` excepted."""

    _connections: set[Connection]
    _held: Counter[tuple[str, str]]
    _of_user: defaultdict[str, set[Connection]]
    _watching: defaultdict[str, set[Connection]]
    _listening: asyncio.Task[None] | None
    _ready: asyncio.Future[bool] | None
    """Whether messages reach this process, once that is known; None while nobody listens."""
    _is_out: bool

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._forget()

    @property
    def loop(self) -> asyncio.AbstractEventLoop | None:
        """The server's event loop; None where nobody is connected."""
        return self._loop if self._connections else None

    @property
    def count(self) -> int:
        """How many connections are open."""
        return len(self._connections)

    async def join(self, connection: Connection) -> None:
        """Take in a connection, once messages reach this process. Raises CannotJoin."""
        if self._loop is not asyncio.get_running_loop():  # another server in this process, after the first has ended
            self._forget()
            self._loop = asyncio.get_running_loop()
        self._check_room(connection)
        self._connections.add(connection)
        self._held[_holder(connection)] += 1
        if connection.username is not None:
            self._of_user[connection.username].add(connection)
        if self._ready is None:
            self._ready = self._loop.create_future()
            self._listening = self._loop.create_task(self._listen(self._ready, self._listening))
        try:
            if not await asyncio.shield(self._ready):
                raise CannotJoin(OUT_OF_ORDER)
        except BaseException:
            self.leave(connection)
            raise

    def leave(self, connection: Connection) -> None:
        """Remove a connection; nothing happens where it is gone already."""
        if connection not in self._connections:
            return
        self._connections.remove(connection)
        holder = _holder(connection)
        self._held[holder] -= 1
        if not self._held[holder]:
            del self._held[holder]
        self.watch(connection, frozenset())
        if connection.username is not None:
            _discard(self._of_user, connection.username, connection)

    def watch(self, connection: Connection, asset_ids: frozenset[str]) -> None:
        """Have a connection watch these assets in place of those before."""
        for asset_id in connection.watched - asset_ids:
            _discard(self._watching, asset_id, connection)
        for asset_id in asset_ids - connection.watched:
            self._watching[asset_id].add(connection)
        connection.watch(asset_ids)

    def deliver(self, batch: Message) -> None:
        """Hand out one of `Pending.batches` to the connections that it concerns."""
        for price in batch.get("prices", ()):
            for connection in self._watching.get(price["asset_id"], ()):
                connection.queue_price(price)
        for username, notification_id in batch.get("events", {}).items():
            for connection in self._of_user.get(username, ()):
                connection.queue_event(notification_id)
        for username in batch.get("doubts", ()):
            for connection in self._of_user.get(username, ()):
                connection.recheck.set()

    def _forget(self) -> None:
        self._connections = set()
        self._held = Counter()
        self._of_user = defaultdict(set)
        self._watching = defaultdict(set)
        self._listening = None
        self._ready = None
        self._is_out = False

    def _check_room(self, connection: Connection) -> None:
        most = settings.STREAM_CONNECTIONS_PER_USER if connection.username else settings.STREAM_CONNECTIONS_PER_ADDRESS
        if self._held[_holder(connection)] >= most:
            raise CannotJoin(Ending(4429, f"You have {most} open connections already; close one."))

    async def _listen(self, ready: asyncio.Future[bool], before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])
        layer = get_channel_layer()
        try:
            channel = await asyncio.wait_for(layer.new_channel("stream"), PATIENCE)
            await asyncio.wait_for(layer.group_add(GROUP, channel), PATIENCE)
            ready.set_result(True)
            if self._is_out:
                logger.info("push works again")
                self._is_out = False
            await self._hear(layer, channel)
        except Exception as error:
            self._ready = None
            if not ready.done():
                ready.set_result(False)
            self._fall_out(error)
        finally:
            with suppress(Exception):
                await asyncio.wait_for(layer.flush(), PATIENCE)

    async def _hear(self, layer: Any, channel: str) -> None:
        """Deliver what comes, without end. Raises what the layer raises, and TimeoutError when nothing comes."""
        heard_at = asyncio.get_running_loop().time()

        async def receive() -> None:
            nonlocal heard_at
            while True:
                batch = await layer.receive(channel)
                heard_at = asyncio.get_running_loop().time()
                self.deliver(batch)

        receiving = asyncio.create_task(receive())
        try:
            while not receiving.done():
                await asyncio.wait_for(layer.group_send(GROUP, {"type": "beat"}), PATIENCE)
                await asyncio.wait([receiving], timeout=BEAT)
                if asyncio.get_running_loop().time() - heard_at > SILENCE:
                    raise TimeoutError("what is sent does not arrive")
            receiving.result()
        finally:
            receiving.cancel()

    def _fall_out(self, error: Exception) -> None:
        if not self._is_out:
            logger.warning("push is out of order: %s", str(error) or type(error).__name__)
        self._is_out = True
        for connection in self._connections:
            connection.end(OUT_OF_ORDER)


def _holder(connection: Connection) -> tuple[str, str]:
    """Whose connections are counted together."""
    return ("user", connection.username) if connection.username else ("address", connection.address)


def _discard(index: defaultdict[str, set[Connection]], key: str, connection: Connection) -> None:
    index[key].discard(connection)
    if not index[key]:
        del index[key]


HUB = Hub()
"""That of this process."""
