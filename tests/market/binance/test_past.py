"""Binance: candles of before the first poll."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from market.domain import INTERVALS
from market.feeds import FeedFailed
from market.feeds.binance import BinanceFeed
from tests.market.binance.listening import bitcoin
from tests.market.builders import an_asset
from tests.market.stub.binance import Binance


def rows(interval: str, count: int, until: int) -> list[list[object]]:
    """Candles as `/api/v3/klines` has them."""
    seconds = INTERVALS[interval].seconds
    first = until // seconds * seconds - (count - 1) * seconds
    return [
        [(first + number * seconds) * 1_000, "60000.1", "60100", "59900.5", "60050", "12.5", 0, "0", 308, "0", "0", "0"]
        for number in range(count)
    ]


class TestPast:
    """Candles of before the first poll."""

    def test_is_four_calls(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        stub.candles = {interval: rows(interval, 20, now) for interval in ("1d", "1h", "5m", "1m")}

        candles = feed.history(an_asset(), clock.now())

        assert [(call["symbol"], call["interval"]) for call in stub.calls] == [
            ("BTCUSDT", interval) for interval in ("1d", "1h", "5m", "1m")
        ]
        assert {candle.interval for candle in candles} == set(INTERVALS)
        hour = next(candle for candle in candles if candle.interval == "1h")
        assert [str(figure) for figure in (hour.open, hour.high, hour.low, hour.close, hour.volume)] == [
            "60000.10000000",
            "60100.00000000",
            "59900.50000000",
            "60050.00000000",
            "12.50000000",
        ]

    @pytest.mark.parametrize("status", [418, 429, 500])
    def test_after_a_refusal_no_process_asks_for_a_while(self, feed: BinanceFeed, stub: Binance, status: int) -> None:
        stub.status = status
        for _ in range(3):
            with pytest.raises(FeedFailed):
                feed.history(an_asset(), clock.now())

        assert len(stub.calls) == 1
        with time_machine.travel(clock.now() + timedelta(minutes=2)), pytest.raises(FeedFailed):
            feed.history(bitcoin(), clock.now())
        assert len(stub.calls) == 2

    def test_odd_rows_are_left_out(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        good = rows("1d", 2, now)
        stub.candles = {"1d": [*good, [1, 2], [None] * 12, [*good[0][:1], "5", "4", "6", "5", "1"], [7, *good[0][1:]]]}

        candles = feed.history(an_asset(), clock.now())

        assert len(candles) == 2
