"""What the messages of Binance's stream and its answers for past candles say.

Shapes are those of its documentation, github.com/binance/binance-spot-api-docs: `<pair>@kline_1s`, `/api/v3/klines`.
"""

from datetime import datetime
from typing import Any

from core import clock
from core.money import QUANTUM
from market.domain import INTERVALS, Candle
from market.feeds import figures
from market.feeds.binance.pairs import BINANCE
from market.feeds.binance.seconds import KEPT, Second
from market.feeds.protocol import FeedFailed

FURTHEST_AHEAD = 50
"""Seconds that this machine's clock may be behind; the market refuses prices a minute ahead."""


def stream_of(pair: str) -> str:
    """The name of the stream of a pair's seconds."""
    return f"{pair.lower()}@kline_1s"


def second_in(message: str | bytes, now: datetime) -> tuple[str, Second | None]:
    """The pair of a message and its second, None for one without a trade: its price is only repeated.

    Raises FeedFailed for a message that is not a second of a pair, or is of another time than now.
    """
    wrapped = figures.parsed(message)
    event = wrapped.get("data") if isinstance(wrapped, dict) else None
    kline = event.get("k") if isinstance(event, dict) else None
    if not isinstance(kline, dict) or not isinstance(kline.get("s"), str) or kline.get("i") != "1s":
        raise FeedFailed("a message is not a second of a pair")
    started, trades = figures.whole(kline.get("t")), figures.whole(kline.get("n"))
    prices = [figures.decimal(kline.get(name)) for name in ("o", "h", "l", "c", "v")]
    if started is None or trades is None or None in prices:
        raise FeedFailed("a second lacks a figure")
    number, wall = started // 1_000, clock.to_seconds(now)
    if not wall - KEPT <= number <= wall + FURTHEST_AHEAD:
        raise FeedFailed("a second is of another time")
    if not trades:
        return kline["s"], None
    opened, high, low, close, volume = (price for price in prices if price is not None)
    if not 0 < low <= min(opened, close) <= max(opened, close) <= high or volume < 0:
        raise FeedFailed("a second has impossible prices")
    return kline["s"], Second(number, opened, high, low, close, volume, kline.get("x") is True)


def candles_in(body: bytes | str, asset_id: str, interval: str) -> list[Candle]:
    """The candles of an answer of `/api/v3/klines`, oldest first; the last may still be running.

    Raises FeedFailed for an answer of another form.
    """
    rows = figures.parsed(body)
    if not isinstance(rows, list):
        raise FeedFailed("the answer does not have the form of candles")
    candles = {candle.opened_at: candle for row in rows if (candle := _candle(row, asset_id, interval)) is not None}
    return [candles[opened_at] for opened_at in sorted(candles)]


def _candle(row: Any, asset_id: str, interval: str) -> Candle | None:
    if not isinstance(row, list) or len(row) < 6:
        return None
    started = figures.whole(row[0])
    numbers = [figures.decimal(text) for text in row[1:6]]
    if started is None or None in numbers:
        return None
    opened, high, low, close, volume = (number.quantize(QUANTUM) for number in numbers if number is not None)
    if not 0 < low <= min(opened, close) <= max(opened, close) <= high or volume < 0:
        return None
    try:
        at = clock.from_milliseconds(started)
    except (ValueError, OverflowError, OSError):
        return None
    if INTERVALS[interval].opened_at(at) != at:
        return None
    return Candle(asset_id, interval, at, opened, high, low, close, BINANCE, volume)
