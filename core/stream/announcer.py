"""What is new goes from any thread, after the commit, to the web processes.

Announcing puts a line into memory and returns. An event loop sends what has gathered: the server's own in one process,
since the layer in memory is not safe to use from another thread; with Redis one in a thread of its own. While it
sends, more gathers, the latest alone of each asset and each user: 10,000 firings of one move cost a few messages, and
Redis being gone or slow holds up nobody.
"""

import asyncio
import atexit
import logging
import os
import threading
from collections.abc import Iterable
from contextlib import suppress

from channels.layers import get_channel_layer
from django.conf import settings

from core.stream.hub import GROUP, HUB, PATIENCE
from core.stream.messages import Pending, Price

SECONDS_AT_EXIT = 1.0
"""Seconds that a process which ends waits until what it has announced is sent."""

logger = logging.getLogger(__name__)


class Announcer:
    """What was announced in this process and is on its way. Its public methods never fail and never wait."""

    _pending: Pending
    _woken: asyncio.AbstractEventLoop | None
    _sending: asyncio.Task[None] | None
    _own_loop: asyncio.AbstractEventLoop | None
    _is_out: bool

    def __init__(self) -> None:
        self.start_afresh()
        os.register_at_fork(after_in_child=self.start_afresh)
        atexit.register(self._finish)

    def announce_prices(self, prices: Iterable[Price]) -> None:
        """Send these latest prices to whoever watches their assets."""
        self._add(Pending(prices={price.asset_id: price.message() for price in prices}))

    def announce_event(self, username: str, notification_id: str) -> None:
        """Send the user that there is a new notification; what it says is read from the API."""
        self._add(Pending(events={username: notification_id}))

    def recheck_sign_in(self, username: str) -> None:
        """Have the user's connections checked now: a sign-in or a key may have ended, the account may be stopped."""
        self._add(Pending(rechecks={username}))

    def start_afresh(self) -> None:
        """Forget what was announced, and outages: the child of a fork has neither the threads nor the loop."""
        self._lock = threading.Lock()
        self._pending = Pending()
        self._woken = None
        self._sending = None
        self._own_loop = None
        self._is_out = False

    def _add(self, more: Pending) -> None:
        loop = self._background_loop() if settings.REDIS_URL else HUB.loop
        if loop is None or not more:
            return  # one process, and nobody is connected
        with self._lock:
            self._pending.add(more)
            if self._woken is loop:
                return
            self._woken = loop
        with suppress(RuntimeError):  # the server has just ended
            loop.call_soon_threadsafe(self._start, loop)

    def _background_loop(self) -> asyncio.AbstractEventLoop:
        """A loop in a thread of its own, started at the first use: a worker runs none."""
        with self._lock:
            if self._own_loop is None:
                self._own_loop = asyncio.new_event_loop()
                threading.Thread(target=self._own_loop.run_forever, name="announcer", daemon=True).start()
            return self._own_loop

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._sending = loop.create_task(self._send_all())

    async def _send_all(self) -> None:
        while True:
            with self._lock:
                pending, self._pending = self._pending, Pending()
                if not pending:
                    self._woken = None
                    return
            try:
                await asyncio.wait_for(self._send(pending), PATIENCE)
            except Exception as error:
                if not self._is_out:
                    logger.warning("announcements are lost: %s", str(error) or type(error).__name__)
                self._is_out = True
            else:
                self._is_out = False

    async def _send(self, pending: Pending) -> None:
        layer = get_channel_layer()
        for batch in pending.batches():
            try:
                await layer.group_send(GROUP, batch)
            except Exception:  # a connection that Redis ended while it was idle is noticed here: a new one may do
                await layer.group_send(GROUP, batch)

    def _finish(self) -> None:
        """Let a process that ends send what it has just announced."""
        with self._lock:
            loop = self._woken
        if loop is not None and settings.REDIS_URL:
            with suppress(Exception):
                asyncio.run_coroutine_threadsafe(self._sent(), loop).result(SECONDS_AT_EXIT)

    async def _sent(self) -> None:
        if self._sending is not None:
            await asyncio.wait([self._sending])


ANNOUNCER = Announcer()
"""That of this process."""
