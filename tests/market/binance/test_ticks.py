"""Binance: every trade between two polls is in one tick, and nothing else is."""

import time
from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from market.domain import INTERVALS
from market.feeds import FeedChain
from market.feeds.binance import BinanceFeed
from market.feeds.binance.seconds import KEPT, Second, Seconds
from market.selectors import asset_get, ticks_between
from market.services import prices_poll
from tests.market.binance.listening import bitcoin, listening, new_ticks
from tests.market.builders import an_asset
from tests.market.stub.binance import Binance, kline


class TestOneTick:
    """What a poll returns."""

    def test_holds_all_that_was_traded_since_the_last(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(
            kline("BTCUSDT", now, ("67000", "67010", "66990", "67005"), volume="1.25"),
            kline("BTCUSDT", now + 1, ("67005", "69999.5", "67001", "67020"), volume="2"),
            kline("BTCUSDT", now + 2, ("67020", "67030", "64000.25", "67025"), volume="0.5"),
        )

        (tick,) = new_ticks(feed, an_asset(), lambda ticks: bool(ticks) and ticks[0].volume == Decimal("3.75"))

        assert [str(price) for price in tick.prices] == ["67000", "69999.5", "64000.25", "67025"]
        assert tick.at == clock.from_milliseconds(now * 1_000 + 2_999)
        assert tick.source == "binance:usdt"

    def test_comes_again_until_it_is_recorded_and_never_after(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        assert new_ticks(feed, an_asset()) == new_ticks(feed, an_asset())

        prices_poll(FeedChain((feed,)))

        assert feed.ticks([bitcoin()], clock.now()) == []
        stub.say(kline("BTCUSDT", now + 1, "67001"))
        (tick,) = new_ticks(feed, bitcoin())
        assert [int(tick.open), int(tick.low)] == [67001, 67001]

    def test_reaches_the_rows_with_its_highs_and_lows(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, ("67000", "69000", "65000", "67005")))
        new_ticks(feed, an_asset())

        assert prices_poll(FeedChain((feed,))).accepted == 1

        (tick,) = ticks_between("bitcoin", 0)
        assert [int(price) for price in (tick.high, tick.low, tick.close)] == [69000, 65000, 67005]
        running = bitcoin().memory.running["1m"]
        assert [str(figure) for figure in (running.high, running.low, running.volume)] == ["69000", "65000", "1.5"]

    def test_of_two_minutes_are_two(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now - 2, ("67000", "67500", "67000", "67100")), kline("BTCUSDT", now, "67200"))

        first, second = new_ticks(feed, an_asset(), lambda ticks: len(ticks) == 2)

        minute = INTERVALS["1m"]
        assert minute.opened_at(first.at) + timedelta(minutes=1) == minute.opened_at(second.at)
        assert [int(first.high), int(second.high)] == [67500, 67200]

    def test_has_nothing_of_a_second_without_trades(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"), kline("BTCUSDT", now + 1, "67000", trades=0))

        (tick,) = new_ticks(feed, an_asset())

        assert clock.to_seconds(tick.at) == now

    def test_waits_until_its_last_second_is_whole(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(
            kline("BTCUSDT", now, "67000"),
            kline("BTCUSDT", now + 1, "67001", closed=False),
            kline("ETHUSDT", now + 1, "3400"),
        )
        an_asset("ethereum")
        new_ticks(feed, asset_get("ethereum"))

        (tick,) = new_ticks(feed, an_asset())
        assert clock.to_seconds(tick.at) == now
        stub.say(kline("BTCUSDT", now + 1, ("67001", "67009", "67001", "67002")))
        new_ticks(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[0].high == 67009)

    def test_is_the_same_in_whatever_order_and_however_often_its_seconds_come(
        self, feed: BinanceFeed, stub: Binance, now: int
    ) -> None:
        listening(feed, stub)
        messages = [kline("BTCUSDT", now + number, str(67000 + number), volume="1") for number in range(4)]
        stub.say(messages[2], messages[0], messages[2], messages[3], messages[1], messages[0])

        (tick,) = new_ticks(feed, an_asset(), lambda ticks: bool(ticks) and ticks[0].volume == 4)

        assert [int(price) for price in tick.prices] == [67000, 67003, 67000, 67003]


class TestBadMessages:
    """A message that is not a second of a pair is passed over."""

    @pytest.mark.parametrize(
        "message",
        [
            "garbage",
            "[]",
            "null",
            '{"result": null, "id": 1}',
            '{"stream": "btcusdt@kline_1s", "data": {"e": "kline", "k": {}}}',
            kline("BTCUSDT", int(time.time()), "NaN"),
            kline("BTCUSDT", int(time.time()), "-67000"),
            kline("BTCUSDT", int(time.time()), "much"),
            kline("BTCUSDT", int(time.time()), "1e300"),
            kline("BTCUSDT", int(time.time()), ("5", "4", "6", "5")),
            kline("BTCUSDT", int(time.time()) + 86_400, "67000"),
            kline("BTCUSDT", int(time.time()) - 86_400, "67000"),
            kline("DOGEBTC", int(time.time()), "67000"),
        ],
    )
    def test_and_the_next_good_one_is_read(self, feed: BinanceFeed, stub: Binance, now: int, message: str) -> None:
        listening(feed, stub)
        stub.say(message, kline("BTCUSDT", now, "67000"))

        (tick,) = new_ticks(feed, an_asset())

        assert [int(price) for price in tick.prices] == [67000] * 4
        assert len(stub.paths) == 1

    def test_a_stream_of_nothing_else_is_a_broken_one(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)
        stub.say(*["garbage"] * 100)

        stub.wait_for_connections(2)

    def test_ten_thousand_at_once_lose_nothing_and_stay_few(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        flood = [
            kline("BTCUSDT", now, ("67000", str(67000 + number), "67000", "67000"), closed=False)
            for number in range(10_000)
        ]
        stub.say(*flood, kline("BTCUSDT", now + 1, "67000"))

        (tick,) = new_ticks(feed, an_asset(), lambda ticks: bool(ticks) and clock.to_seconds(ticks[0].at) == now + 1)

        assert tick.high == 67000 + 9_999

    def test_memory_is_bounded(self) -> None:
        seconds, one = Seconds(), Decimal(1)
        for number in range(3 * KEPT):
            seconds.add("BTCUSDT", Second(number, one, one, one, one, one, is_closed=True))

        assert len(seconds) == KEPT
        assert [second.number for second in seconds.after("BTCUSDT", 3 * KEPT - 3)] == [3 * KEPT - 2, 3 * KEPT - 1]
