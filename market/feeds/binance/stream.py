"""The connection to Binance's stream: one websocket for all pairs, in its own thread."""

import logging
import random
import threading
import time
from collections.abc import Sequence

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from core import clock
from market.feeds.binance.messages import second_in, stream_of
from market.feeds.binance.seconds import Seconds
from market.feeds.protocol import FeedFailed

log = logging.getLogger(__name__)

SILENT_AFTER = 15.0
"""Every pair has a message a second: a connection without any for that long is dead, though its socket is open."""
CONNECTS_WITHIN = 10.0
CLOSES_WITHIN = 1.0
PING_SECONDS = 20.0
LONGEST_MESSAGE = 65_536
LONGEST_WAIT = 60.0
UNREADABLE_IN_A_ROW = 100
UNUSED_AFTER = 600.0


class Stream:
    """Listens until it is stopped, or has not been asked for ten minutes: then this process no longer polls.

    A connection that fails, falls silent, sends what cannot be read, or is closed by the server, as each is after 24
    hours, is opened again: at once up to a second, then after twice as long each time up to a minute, less up to half
    at random. That stays far below the 300 connections in five minutes that the server allows an address.
    """

    def __init__(self, url: str, pairs: Sequence[str], *, silent_after: float = SILENT_AFTER) -> None:
        self.seconds = Seconds()
        self._url = f"{url.rstrip('/')}/stream?streams={'/'.join(stream_of(pair) for pair in pairs)}"
        self._pairs = frozenset(pairs)
        self._silent_after = silent_after
        self._stopping = threading.Event()
        self._asked_at = time.monotonic()
        self._connection: ClientConnection | None = None
        self._failures = 0
        self._failure: str | None = None
        self._unbroken: tuple[int, float] | None = None
        self._thread = threading.Thread(target=self._run, name="binance stream", daemon=True)

    def start(self) -> None:
        """Begin to listen."""
        self._thread.start()

    def stop(self) -> None:
        """End the connection and the thread; returns within two seconds or so, also while it connects."""
        self._stopping.set()
        connection = self._connection
        if connection is not None:
            connection.close()
        if self._thread.is_alive():
            self._thread.join(2 * CLOSES_WITHIN)

    def is_asked(self) -> bool:
        """Note that a poll wants its seconds; whether it listens."""
        self._asked_at = time.monotonic()
        return self._thread.is_alive()

    def unbroken_since(self) -> tuple[int, float] | None:
        """The first second of the last connection, and its age in seconds; None before the first."""
        unbroken = self._unbroken
        return None if unbroken is None else (unbroken[0], time.monotonic() - unbroken[1])

    def failure(self) -> str | None:
        """Why the last connection failed; None when this was asked before."""
        failure, self._failure = self._failure, None
        return failure

    def _run(self) -> None:
        while not self._stopping.is_set() and time.monotonic() - self._asked_at < UNUSED_AFTER:
            try:
                self._listen()
            except (FeedFailed, OSError, WebSocketException, EOFError) as error:
                if self._stopping.is_set():
                    return
                self._failure = str(error) or type(error).__name__
                log.info("stream broken", extra={"reason": self._failure})
            self._failures += 1
            longest = min(LONGEST_WAIT, 2.0 ** min(self._failures - 1, 10))
            self._stopping.wait(random.uniform(longest / 2, longest))

    def _listen(self) -> None:
        with connect(
            self._url,
            open_timeout=CONNECTS_WITHIN,
            close_timeout=CLOSES_WITHIN,
            ping_interval=PING_SECONDS,
            ping_timeout=PING_SECONDS,
            max_size=LONGEST_MESSAGE,
            compression=None,
        ) as connection:
            self._connection = connection
            try:
                self._take_in(connection)
            finally:
                self._connection = None

    def _take_in(self, connection: ClientConnection) -> None:
        is_first, unreadable, heard_at = True, 0, time.monotonic()
        while not self._stopping.is_set() and time.monotonic() - self._asked_at < UNUSED_AFTER:
            left = heard_at + self._silent_after - time.monotonic()
            if left <= 0:
                raise FeedFailed(f"nothing came for {self._silent_after:g} seconds")
            try:
                message = connection.recv(timeout=left)
            except TimeoutError:
                continue
            now = clock.now()
            try:
                pair, second = second_in(message, now)
            except FeedFailed as error:
                unreadable += 1
                if unreadable == UNREADABLE_IN_A_ROW:
                    raise FeedFailed(f"{unreadable} messages in a row cannot be read: {error}") from error
                continue
            if pair not in self._pairs:
                continue
            heard_at, unreadable, self._failures = time.monotonic(), 0, 0
            if is_first:
                is_first = False
                self._unbroken = (clock.to_seconds(now) if second is None else second.number, heard_at)
            if second is not None:
                self.seconds.add(pair, second)
