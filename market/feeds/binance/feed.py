"""Binance as a feed: seconds of trades from its stream, folded into one tick from poll to poll."""

import atexit
import os
import threading
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from core import clock
from market.domain import INTERVALS, Asset, Candle, Tick, folded
from market.feeds.binance.messages import candles_in
from market.feeds.binance.pairs import BINANCE, PAIRS
from market.feeds.binance.seconds import folded as folded_seconds
from market.feeds.binance.stream import SILENT_AFTER, Stream
from market.feeds.pace import Pace
from market.feeds.protocol import FeedFailed, LiveFeed

STREAM_URL = "wss://data-stream.binance.vision"
REST_URL = "https://data-api.binance.vision"
PAST = {"1d": 90, "1h": 168, "5m": 288, "1m": 60}
"""How many candles of each interval an asset begins with; those of 15 minutes are folded from five."""
HISTORY_SECONDS = 1
LEAST_PATIENCE = 10.0
POLLS_WAITED = 3


class BinanceFeed(LiveFeed):
    """Prices in USDT, which is not the dollar, though near it: hence the source `binance:usdt`.

    The stream sends the trades of each second in one message, so that many trades make no more messages, and no high
    or low between two polls is lost. A poll returns every whole second after the row's last tick, as one tick: what a
    poll that fails or is killed did not record, the next one does. Seconds without a trade have no tick: after a broken
    connection, the price is the close before it until the next trade comes.

    Each process that polls has its own connection, 18 messages a second, and needs no lease: each can fill in what the
    rows lack. One whose connection is younger than the row's last price may have missed trades that another has; it
    leaves the asset to others until it has listened for `patience` seconds. The connection begins with the first poll,
    again after a fork, and ends with the process or ten minutes after its last poll.
    """

    name = BINANCE

    def __init__(
        self, url: str = "", rest_url: str = "", *, patience: float = 0, silent_after: float = SILENT_AFTER
    ) -> None:
        """The addresses of stream and past candles, those of Binance where empty. `patience` is 0 for one process."""
        self._url = url or STREAM_URL
        self._rest_url = (rest_url or REST_URL).rstrip("/")
        self._patience = patience
        self._silent_after = silent_after
        self._pace = Pace("binance")
        self._lock = threading.Lock()
        self._stream: Stream | None = None
        self._process = os.getpid()
        atexit.register(self.stop)

    def covers(self, asset_id: str) -> bool:
        """Whether the asset is traded against USDT there."""
        return asset_id in PAIRS

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """What was traded since the rows' last ticks. Raises FeedFailed once for each failure of the connection."""
        stream = self._listening()
        ticks = [tick for asset in assets for tick in self._new(stream, asset)]
        if not ticks and (failure := stream.failure()) is not None:
            raise FeedFailed(failure)
        return ticks

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """90 days, a week of hours, a day of 5 and 15 minutes, an hour of minutes; four calls. Raises FeedFailed."""
        if not self._pace.takes_turn("history", HISTORY_SECONDS):
            raise FeedFailed("it is not time for another call yet")
        of = {
            interval: self._candles(asset.asset_id, interval, count, clock.to_milliseconds(now))
            for interval, count in PAST.items()
        }
        self._pace.succeeded()
        quarters = folded(of["5m"], INTERVALS["15m"])
        return [*of["1d"], *of["1h"], *quarters, *of["5m"], *of["1m"]]

    def stop(self) -> None:
        """End the connection, if this process has one; the next poll would begin another."""
        stream, self._stream = self._stream, None
        if stream is not None and self._process == os.getpid():
            stream.stop()

    def _listening(self) -> Stream:
        if self._process != os.getpid():
            # a forked process has not the thread, and its copy of the lock may never be released
            self._lock, self._stream, self._process = threading.Lock(), None, os.getpid()
        with self._lock:
            if self._stream is None or not self._stream.is_asked():
                self._stream = Stream(self._url, list(PAIRS.values()), silent_after=self._silent_after)
                self._stream.start()
            return self._stream

    def _new(self, stream: Stream, asset: Asset) -> list[Tick]:
        seen_at = asset.memory.seen_at
        last = None if seen_at is None else clock.to_seconds(seen_at)
        unbroken = stream.unbroken_since()
        if last is not None and unbroken is not None:
            since, listened_for = unbroken
            if since > last + 1 and listened_for < self._patience:
                return []
        return folded_seconds(asset.asset_id, stream.seconds.after(PAIRS[asset.asset_id], last))

    def _candles(self, asset_id: str, interval: str, count: int, until: int) -> list[Candle]:
        parameters = {"symbol": PAIRS[asset_id], "interval": interval, "limit": str(count), "endTime": str(until)}
        return candles_in(self._pace.call(f"{self._rest_url}/api/v3/klines", parameters), asset_id, interval)


def opened(url: str, rest_url: str, poll_seconds: Decimal, redis_url: str) -> BinanceFeed:
    """The feed as the settings of the site have it."""
    patience = max(LEAST_PATIENCE, POLLS_WAITED * float(poll_seconds)) if redis_url else 0
    return BinanceFeed(url, rest_url, patience=patience)
