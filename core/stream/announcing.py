"""Telling the web processes what is new, from any thread, after the commit.

Announcing puts a line into memory and returns. An event loop sends what has gathered: the server's own in one process,
since the layer in memory is not safe to use from another thread; with Redis one in a thread of its own. While it
sends, the next news gather, of each asset and each user the latest alone: 10,000 firings of one move cost a few
messages, and Redis being gone or slow holds up nobody.
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
from core.stream.news import News, Price

LAST_WORDS = 1.0
"""Seconds that a process which ends gives what it has announced."""

logger = logging.getLogger(__name__)


class Announcer:
    """What was announced in this process and is on its way."""

    _waiting: News
    _woken: asyncio.AbstractEventLoop | None
    _sending: asyncio.Task[None] | None
    _is_out: bool

    def __init__(self) -> None:
        self._background = _BackgroundLoop()
        self._forget()
        os.register_at_fork(after_in_child=self._forget)
        atexit.register(self._finish)

    def prices(self, prices: Iterable[Price]) -> None:
        """See `announce_prices`."""
        messages = {price.asset_id: price.message() for price in prices}
        self._add(News(prices=messages))

    def event(self, username: str, notification_id: str) -> None:
        """See `announce_event`."""
        self._add(News(events={username: notification_id}))

    def doubt(self, username: str) -> None:
        """See `announce_doubt`."""
        self._add(News(doubts={username}))

    def _add(self, news: News) -> None:
        loop = self._background.get() if settings.REDIS_URL else HUB.loop
        if loop is None or not news:
            return  # one process, and nobody is connected
        with self._lock:
            self._waiting.prices |= news.prices
            self._waiting.events |= news.events
            self._waiting.doubts |= news.doubts
            if self._woken is loop:
                return
            self._woken = loop
        with suppress(RuntimeError):  # the server has just ended
            loop.call_soon_threadsafe(self._start, loop)

    def _start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._sending = loop.create_task(self._send_all())

    async def _send_all(self) -> None:
        while True:
            with self._lock:
                news, self._waiting = self._waiting, News()
                if not news:
                    self._woken = None
                    return
            try:
                await asyncio.wait_for(self._send(news), PATIENCE)
            except Exception as error:
                if not self._is_out:
                    logger.warning("announcements are lost: %s", str(error) or type(error).__name__)
                self._is_out = True
            else:
                self._is_out = False

    async def _send(self, news: News) -> None:
        layer = get_channel_layer()
        for parcel in news.parcels():
            try:
                await layer.group_send(GROUP, parcel)
            except Exception:  # a connection that Redis ended while it was idle is noticed here: a new one may do
                await layer.group_send(GROUP, parcel)

    def _finish(self) -> None:
        """Let a process that ends send what it has just announced."""
        with self._lock:
            loop = self._woken
        if loop is not None and settings.REDIS_URL:
            with suppress(Exception):
                asyncio.run_coroutine_threadsafe(self._sent(), loop).result(LAST_WORDS)

    async def _sent(self) -> None:
        if self._sending is not None:
            await asyncio.wait([self._sending])

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._waiting = News()
        self._woken = None
        self._sending = None
        self._is_out = False


class _BackgroundLoop:
    """An event loop in a thread of its own, for processes that run none: a worker announces from it.

    Starts its thread when it is first asked for, once in each process, also after a fork.
    """

    _loop: asyncio.AbstractEventLoop | None

    def __init__(self) -> None:
        self._forget()
        os.register_at_fork(after_in_child=self._forget)

    def get(self) -> asyncio.AbstractEventLoop:
        """The loop, running."""
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=self._loop.run_forever, name="announcer", daemon=True).start()
            return self._loop

    def _forget(self) -> None:
        self._lock = threading.Lock()
        self._loop = None


_ANNOUNCER = Announcer()


def announce_prices(prices: Iterable[Price]) -> None:
    """Tell who watches these assets their latest prices."""
    _ANNOUNCER.prices(prices)


def announce_event(username: str, notification_id: str) -> None:
    """Tell a user that there is a new notification; what it says is read from the API."""
    _ANNOUNCER.event(username, notification_id)


def announce_doubt(username: str) -> None:
    """Have the user's connections looked at now: a sign-in or a key may have ended, the account may be stopped."""
    _ANNOUNCER.doubt(username)
