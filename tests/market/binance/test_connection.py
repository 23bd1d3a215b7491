"""Binance: one connection for each process, opened again whatever becomes of it."""

import multiprocessing
import time

import pytest

from core import clock
from market.feeds import FeedChain, FeedFailed
from market.feeds.binance import BinanceFeed
from market.feeds.binance.pairs import PAIRS
from market.selectors import asset_get
from market.services import prices_poll
from tests.market.binance.listening import PATIENCE, bitcoin, listening, new_ticks, polled_for_long
from tests.market.builders import an_asset
from tests.market.stub.binance import Binance, kline


class TestOneConnection:
    """The stream."""

    def test_has_the_seconds_of_every_pair(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)

        assert stub.paths == [f"/stream?streams={'/'.join(f'{pair.lower()}@kline_1s' for pair in PAIRS.values())}"]

    def test_is_kept_from_poll_to_poll(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        for _ in range(5):
            new_ticks(feed, an_asset())

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

        child = multiprocessing.get_context("fork").Process(target=new_ticks, args=(feed, bitcoin()))
        child.start()
        child.join(PATIENCE)

        assert child.exitcode == 0
        assert len(stub.paths) == 2
        stub.say(kline("BTCUSDT", now + 1, "67001"))
        assert new_ticks(feed, bitcoin())[0].close == 67001

    def test_covers_what_is_traded_against_usdt(self, feed: BinanceFeed) -> None:
        assert feed.covers("bitcoin")
        assert not any(feed.covers(asset_id) for asset_id in ("tether", "monero", "AAPL", "nothing"))


class TestABrokenConnection:
    """Opened again; what was missed is not invented."""

    def test_closed_by_the_server(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        listening(feed, stub)
        stub.say(kline("BTCUSDT", now, "67000"))
        new_ticks(feed, an_asset())

        stub.close()
        stub.wait_for_connections(2)
        stub.say(kline("BTCUSDT", now + 20, "67100"))

        (tick,) = new_ticks(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[0].close == 67100)
        assert tick.open == 67000

    def test_silent(self, stub: Binance, now: int) -> None:
        feed = BinanceFeed(stub.url, silent_after=0.3)
        try:
            listening(feed, stub)
            stub.wait_for_connections(2)
            stub.greeting = [kline("BTCUSDT", now, "67000")]
            new_ticks(feed, an_asset())
        finally:
            feed.stop()

    def test_refused_is_said_once_and_tried_again(self, feed: BinanceFeed, stub: Binance, now: int) -> None:
        stub.refuse = True
        an_asset()
        with pytest.raises(FeedFailed, match="503"):
            polled_for_long(feed)
        assert feed.ticks([bitcoin()], clock.now()) == []

        stub.refuse, stub.greeting = False, [kline("BTCUSDT", now, "67000")]

        assert new_ticks(feed, bitcoin())

    def test_ended_it_begins_again_with_the_next_poll(self, feed: BinanceFeed, stub: Binance) -> None:
        listening(feed, stub)
        feed.stop()

        feed.ticks([], clock.now())

        stub.wait_for_connections(2)


class TestManyProcesses:
    """A connection that is younger than the last price leaves the telling to those that may have more."""

    def test_a_young_one_returns_nothing_that_could_hide_what_an_older_one_has(
        self, feed: BinanceFeed, stub: Binance, now: int
    ) -> None:
        young = BinanceFeed(stub.url, patience=3_600)
        try:
            an_asset("bitcoin", price="66900", at=clock.from_milliseconds((now - 30) * 1_000))
            listening(feed, stub)
            stub.say(kline("BTCUSDT", now - 20, "70000"))
            new_ticks(feed, bitcoin())
            young.ticks([], clock.now())
            stub.wait_for_connections(2)
            stub.say(kline("BTCUSDT", now, "67000"), kline("ETHUSDT", now, "3400"))
            an_asset("ethereum")
            new_ticks(young, asset_get("ethereum"))

            assert young.ticks([bitcoin()], clock.now()) == []

            new_ticks(feed, bitcoin(), lambda ticks: bool(ticks) and ticks[-1].close == 67000)
            prices_poll(FeedChain((feed,)))
            stub.say(kline("BTCUSDT", now + 1, "67001"))
            assert [tick.close for tick in new_ticks(young, bitcoin())] == [67001]
        finally:
            young.stop()

    def test_after_its_patience_it_returns_ticks(self, stub: Binance, now: int) -> None:
        young = BinanceFeed(stub.url, patience=0.2)
        try:
            an_asset("bitcoin", price="66900", at=clock.from_milliseconds((now - 30) * 1_000))
            stub.greeting = [kline("BTCUSDT", now, "67000")]

            assert new_ticks(young, bitcoin())[0].open == 67000
        finally:
            young.stop()
