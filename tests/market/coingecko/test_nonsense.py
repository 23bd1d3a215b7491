"""CoinGecko: nothing is invented, whatever it answers."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock
from market.feeds import FeedFailed, http
from market.feeds.coingecko import CoinGeckoFeed
from market.selectors import asset_get, assets_listed
from tests.market.coingecko.polling import bitcoin, later, polled
from tests.market.stub.coingecko import HTML, IDS, CoinGecko

GOOD = '{{"bitcoin": {}, "ethereum": {{"usd": 3400.5, "last_updated_at": {at}}}}}'


class TestNonsense:
    """A price that is not a number is left out."""

    @pytest.mark.parametrize(
        "part",
        [
            "{}",
            "null",
            '{"usd": null, "last_updated_at": AT}',
            '{"usd": "67187.33", "last_updated_at": AT}',
            '{"usd": true, "last_updated_at": AT}',
            '{"usd": 67187.33}',
            '{"usd": 67187.33, "last_updated_at": null}',
            '{"usd": 67187.33, "last_updated_at": "AT"}',
            '{"usd": 67187.33, "last_updated_at": 99999999999999999}',
            '{"usd": 67187.33, "last_updated_at": -5}',
            '{"usd": 1e400, "last_updated_at": AT}',
            '{"eur": 61000.1, "last_updated_at": AT}',
            "[1, 2]",
        ],
    )
    def test_is_left_out_and_the_other_coins_are_priced(self, stub: CoinGecko, part: str) -> None:
        stub.raw = GOOD.format(part.replace("AT", str(stub.at)), at=stub.at).encode()

        assert polled(stub).refused == {}

        assert bitcoin().price is None
        assert asset_get("ethereum").price == Decimal("3400.5")

    @pytest.mark.parametrize(
        ("price", "reason"),
        [("-5", "not_positive"), ("0", "not_positive"), ("NaN", "not_finite"), ("Infinity", "not_finite")],
    )
    def test_of_a_number_is_refused_and_counted(self, stub: CoinGecko, price: str, reason: str) -> None:
        part = f'{{"usd": {price}, "last_updated_at": {stub.at}}}'
        stub.raw = GOOD.format(part, at=stub.at).encode()

        assert polled(stub).refused == {reason: 1}

        assert bitcoin().price is None
        assert bitcoin().memory.refused == {reason: 1}

    def test_a_price_of_the_future_is_refused_once(self, stub: CoinGecko) -> None:
        stub.fields["bitcoin"] = {"last_updated_at": stub.at + 7_200}

        assert polled(stub).refused == {"ahead": 1}
        assert polled(stub).refused == {}

        assert bitcoin().price is None

    def test_an_old_price_is_shown_as_old(self, stub: CoinGecko) -> None:
        stub.fields["bitcoin"] = {"last_updated_at": stub.at - 7_200}

        polled(stub)

        assert bitcoin().is_stale(clock.now())
        assert not asset_get("ethereum").is_stale(clock.now())

    def test_a_thousandfold_price_is_held_back(self, stub: CoinGecko) -> None:
        polled(stub)
        with later():
            stub.at, stub.prices["bitcoin"] = stub.at + 60, IDS["bitcoin"] * 1_000
            assert polled(stub).quarantined == 1

        assert bitcoin().price == Decimal("67187.33589366")

    def test_odd_facts_beside_a_good_price_are_left_out(self, stub: CoinGecko) -> None:
        stub.fields["bitcoin"] = {"usd_market_cap": None, "usd_24h_vol": "much", "usd_24h_change": 1e300}

        polled(stub)

        assert bitcoin().price == Decimal("67187.33589366")
        assert (bitcoin().market_cap, bitcoin().volume_24h, bitcoin().change_24h) == (None, None, None)


class TestFailing:
    """No answer, or none that can be read."""

    @pytest.mark.parametrize(
        ("status", "raw", "reason"),
        [
            (500, b"", "it answered 500"),
            (503, HTML.encode(), "it answered 503"),
            (401, b"{}", "it answered 401: see COINGECKO_KEY"),
            (200, HTML.encode(), "the answer is not JSON"),
            (200, b'{"bitcoin": {"usd": 67187.3', "the answer is not JSON"),
            (200, b"", "the answer is not JSON"),
            (200, b"[" * 100_000, "the answer is not JSON"),
            (200, b"[]", "the form of prices"),
            (200, b"{}", "the answer has no price of any asset"),
            (
                200,
                b'{"dogwifhat": {"usd": 2.1, "last_updated_at": 1711356300}}',
                "the answer has no price of any asset",
            ),
            (200, b'{"status": {"error_code": 10005}}', "the answer has no price of any asset"),
            (200, b" " * (http.MOST_BYTES + 1), "the answer is longer than"),
        ],
    )
    def test_is_said_and_changes_nothing(self, stub: CoinGecko, status: int, raw: bytes, reason: str) -> None:
        polled(stub)
        before = assets_listed()
        stub.status, stub.raw = status, raw

        with later():
            with pytest.raises(FeedFailed, match=reason):
                CoinGeckoFeed(stub.url).ticks(before, clock.now())
            assert assets_listed() == before

    def test_prices_grow_stale(self, stub: CoinGecko) -> None:
        polled(stub)
        stub.status = 500
        with later(timedelta(minutes=5)):
            polled(stub)
            assert bitcoin().is_stale(clock.now())

    def test_calls_grow_rarer_and_come_back(self, stub: CoinGecko) -> None:
        stub.status = 500
        start, moment = clock.now(), clock.now()
        while moment < start + timedelta(hours=1):
            with time_machine.travel(moment, tick=False):
                polled(stub)
            moment += timedelta(seconds=20)
        assert 60 / 5 <= len(stub.calls) <= 60 / 2.5 + 6
        stub.status, stub.at = 200, clock.to_seconds(moment)
        with time_machine.travel(moment + timedelta(minutes=5), tick=False):
            assert polled(stub).accepted == len(IDS)

    @pytest.mark.parametrize("mode", ["silent", "drip", "cut"])
    def test_an_answer_that_does_not_end_is_given_up(self, stub: CoinGecko, mode: str) -> None:
        stub.mode = mode

        with pytest.raises(FeedFailed, match=r"no answer|takes too long"):
            CoinGeckoFeed(stub.url, answers_within=0.5).ticks([], clock.now())

    def test_without_a_server(self) -> None:
        with pytest.raises(FeedFailed, match="no answer"):
            CoinGeckoFeed("http://127.0.0.1:9").ticks([], clock.now())
