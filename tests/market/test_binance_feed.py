"""Binance: every trade between two polls is in one tick, whatever becomes of the connection."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache

from core import clock
from market.domain import INTERVALS, Asset, Tick
from market.feeds import BinanceFeed, FeedChain, FeedFailed
from market.feeds.binance.pairs import PAIRS
from market.feeds.binance.seconds import KEPT, Second, Seconds
from market.selectors import asset_get, ticks_between
from market.services import prices_poll
from tests.market.builders import an_asset
from tests.market.stub.binance import Binance, kline, serving

PATIENCE = 30.0


@pytest.fixture
def stub() -> Iterator[Binance]:
    with serving() as server:
        yield server


@pytest.fixture
def feed(stub: Binance) -> Iterator[BinanceFeed]:
    """A feed that listens to the stub."""
    cache.clear()
    feed = BinanceFeed(stub.url, stub.rest_url)
    yield feed
    feed.stop()


@pytest.fixture
def now() -> int:
    """The present second, at the beginning of a minute."""
    return int(time.time()) // 60 * 60


def bitcoin() -> Asset:
    return asset_get("bitcoin")


def listening(feed: BinanceFeed, stub: Binance) -> BinanceFeed:
    """The feed once it is connected: the first poll begins to listen."""
    feed.ticks([], clock.now())
    stub.wait_for_connections(1)
    return feed


def told(feed: BinanceFeed, asset: Asset, is_it: Callable[[list[Tick]], bool] = bool) -> list[Tick]:
    """What the feed tells as soon as it is what is waited for; a message needs a moment to arrive."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            ticks = feed.ticks([asset], clock.now())
        except FeedFailed:
            ticks = []
        if is_it(ticks):
            return ticks
        assert time.monotonic() < deadline, f"told was {ticks}"
        time.sleep(0.01)


def polled_for_long(feed: BinanceFeed) -> None:
    """Poll until the feed fails, or patience ends."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        feed.ticks([bitcoin()], clock.now())
        time.sleep(0.01)


class TestOneConnection:
    """The stream."""

    def test_has_the_seconds_of_every_pair(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)

        assert stub.paths == [f"/stream?streams={'/'.join(f'{pair.lower()}@kline_1s' for pair in PAIRS.values())}"]

    def test_is_kept_from_poll_to_poll(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        for _ in range(5):
            told(feed, an_asset())

        assert len(stub.paths) == 1

    def test_ends_with_the_process(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)

        feed.stop()

        deadline = time.monotonic() + PATIENCE
        while stub.open:
            assert time.monotonic() < deadline, "the connection stays open"
            time.sleep(0.01)

    def test_is_not_shared_with_a_forked_process(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.greeting = [kline("BTCUSDT", now, "67000")]
        an_asset()

        child = multiprocessing.get_context("fork").Process(target=told, args=(feed, bitcoin()))
        child.start()
        child.join(PATIENCE)

        assert child.exitcode == 0
        assert len(stub.paths) == 2
        stub.say(kline("BTCUSDT", now + 1, "67001"))
        assert told(feed, bitcoin())[0].close == 67001

    def test_covers_what_is_traded_against_usdt(self, feed: BinanceFeed) -> None:
        assert feed.covers("bitcoin")
        assert not any(feed.covers(asset_id) for asset_id in ("tether", "monero", "AAPL", "nothing"))


class TestOneTick:
    """What a poll tells."""

    def test_holds_all_that_was_traded_since_the_last(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(
            kline("BTCUSDT", now, ("67000", "67010", "66990", "67005"), volume="1.25"),
            kline("BTCUSDT", now + 1, ("67005", "69999.5", "67001", "67020"), volume="2"),
            kline("BTCUSDT", now + 2, ("67020", "67030", "64000.25", "67025"), volume="0.5"),
        )

        (tick,) = told(feed, an_asset(), lambda ticks: bool(ticks) and ticks[0].volume == Decimal("3.75"))

        assert [str(price) for price in tick.prices] == ["67000", "69999.5", "64000.25", "67025"]
        assert tick.at == clock.from_milliseconds(now * 1_000 + 2_999)
        assert tick.source == "binance:usdt"

    def test_is_told_again_until_it_is_recorded_and_never_after(
        self, feed: BinanceFeed, stub: Binance, now: int
    ) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        assert told(feed, an_asset()) == told(feed, an_asset())

        prices_poll(FeedChain((feed,)))

        assert feed.ticks([bitcoin()], clock.now()) == []
        stub.say(kline("BTCUSDT", now + 1, "67001"))
        (tick,) = told(feed, bitcoin())
        assert [int(tick.open), int(tick.low)] == [67001, 67001]

    def test_reaches_the_rows_with_its_highs_and_lows(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, ("67000", "69000", "65000", "67005")))
        told(feed, an_asset())

        assert prices_poll(FeedChain((feed,))).accepted == 1

        (tick,) = ticks_between("bitcoin", 0)
        assert [int(price) for price in (tick.high, tick.low, tick.close)] == [69000, 65000, 67005]
        running = bitcoin().memory.running["1m"]
        assert [str(figure) for figure in (running.high, running.low, running.volume)] == ["69000", "65000", "1.5"]

    def test_of_two_minutes_are_two(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now - 2, ("67000", "67500", "67000", "67100")), kline("BTCUSDT", now, "67200"))

        first, second = told(feed, an_asset(), lambda ticks: len(ticks) == 2)

        minute = INTERVALS["1m"]
        assert minute.opened_at(first.at) + timedelta(minutes=1) == minute.opened_at(second.at)
        assert [int(first.high), int(second.high)] == [67500, 67200]

    def test_has_nothing_of_a_second_without_trades(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"), kline("BTCUSDT", now + 1, "67000", trades=0))

        (tick,) = told(feed, an_asset())

        assert clock.to_seconds(tick.at) == now

    def test_waits_until_its_last_second_is_whole(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(
            kline("BTCUSDT", now, "67000"),
            kline("BTCUSDT", now + 1, "67001", closed=False),
            kline("ETHUSDT", now + 1, "3400"),
        )
        an_asset("ethereum")
        told(feed, asset_get("ethereum"))

        (tick,) = told(feed, an_asset())
        assert clock.to_seconds(tick.at) == now
        stub.say(kline("BTCUSDT", now + 1, ("67001", "67009", "67001", "67002")))
        told(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[0].high == 67009)

    def test_is_the_same_in_whatever_order_and_however_often_its_seconds_come(
        self, feed: BinanceFeed, stub: Binance, now: int
    ) -> None:
        listening(feed, stub)
        messages = [kline("BTCUSDT", now + number, str(67000 + number), volume="1") for number in range(4)]
        stub.say(messages[2], messages[0], messages[2], messages[3], messages[1], messages[0])

        (tick,) = told(feed, an_asset(), lambda ticks: bool(ticks) and ticks[0].volume == 4)

        assert [int(price) for price in tick.prices] == [67000, 67003, 67000, 67003]


class TestBadMessages:
    """What is no second of a pair is passed over."""

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
    def test_and_the_next_good_one_is_told(self, feed: BinanceFeed, stub: Binance, now: int, message: str) -> None:
        listening(feed, stub)
        stub.say(message, kline("BTCUSDT", now, "67000"))

        (tick,) = told(feed, an_asset())

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

        (tick,) = told(feed, an_asset(), lambda ticks: bool(ticks) and clock.to_seconds(ticks[0].at) == now + 1)

        assert tick.high == 67000 + 9_999

    def test_memory_is_bounded(self) -> None:
        seconds, one = Seconds(), Decimal(1)
        for number in range(3 * KEPT):
            seconds.add("BTCUSDT", Second(number, one, one, one, one, one, is_closed=True))

        assert len(seconds) == KEPT
        assert [second.number for second in seconds.after("BTCUSDT", 3 * KEPT - 3)] == [3 * KEPT - 2, 3 * KEPT - 1]


class TestABrokenConnection:
    """Opened again; what was missed is not made up."""

    def test_closed_by_the_server(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        told(feed, an_asset())

        stub.close()
        stub.wait_for_connections(2)
        stub.say(kline("BTCUSDT", now + 20, "67100"))

        (tick,) = told(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[0].close == 67100)
        assert tick.open == 67000

    def test_silent(self, stub: Binance, now: int) -> None:
        feed = BinanceFeed(stub.url, silent_after=0.3)
        try:
            listening(feed, stub)
            stub.wait_for_connections(2)
            stub.greeting = [kline("BTCUSDT", now, "67000")]
            told(feed, an_asset())
        finally:
            feed.stop()

    def test_refused_is_said_once_and_tried_again(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        stub.refuse = True
        an_asset()
        with pytest.raises(FeedFailed, match="503"):
            polled_for_long(feed)
        assert feed.ticks([bitcoin()], clock.now()) == []

        stub.refuse, stub.greeting = False, [kline("BTCUSDT", now, "67000")]

        assert told(feed, bitcoin())

    def test_ended_it_begins_anew_with_the_next_poll(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)
        feed.stop()

        feed.ticks([], clock.now())

        stub.wait_for_connections(2)


class TestManyProcesses:
    """A connection that is younger than the last price leaves the telling to those that may have more."""

    def test_a_young_one_tells_nothing_that_could_hide_what_an_older_one_has(
        self, feed: BinanceFeed, stub: Binance, now: int
    ) -> None:
        young = BinanceFeed(stub.url, patience=3_600)
        try:
            an_asset("bitcoin", price="66900", at=clock.from_milliseconds((now - 30) * 1_000))
            listening(feed, stub)
            stub.say(kline("BTCUSDT", now - 20, "70000"))
            told(feed, bitcoin())
            young.ticks([], clock.now())
            stub.wait_for_connections(2)
            stub.say(kline("BTCUSDT", now, "67000"), kline("ETHUSDT", now, "3400"))
            an_asset("ethereum")
            told(young, asset_get("ethereum"))

            assert young.ticks([bitcoin()], clock.now()) == []

            told(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[-1].close == 67000)
            prices_poll(FeedChain((feed,)))
            stub.say(kline("BTCUSDT", now + 1, "67001"))
            assert [tick.close for tick in told(young, bitcoin())] == [67001]
        finally:
            young.stop()

    def test_after_its_patience_it_tells(self, stub: Binance, now: int) -> None:
        young = BinanceFeed(stub.url, patience=0.2)
        try:
            an_asset("bitcoin", price="66900", at=clock.from_milliseconds((now - 30) * 1_000))
            stub.greeting = [kline("BTCUSDT", now, "67000")]

            assert told(young, bitcoin())[0].open == 67000
        finally:
            young.stop()


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
    def test_refused_nobody_asks_for_a_while(self, feed: BinanceFeed, stub: Binance, status: int) -> None:
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
