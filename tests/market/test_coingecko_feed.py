"""CoinGecko: one call for all coins at CoinGecko's own times, and nothing invented whatever it answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest
import time_machine
from django.core.cache import cache

from core import clock
from core.storage import measured
from market.domain import Asset
from market.feeds import CoinGeckoFeed, FeedChain, FeedFailed, fetching
from market.feeds.coingecko.feed import key_header
from market.selectors import asset_get, assets_listed, ticks_between
from market.services import Recorded, prices_poll
from tests.market.builders import the_catalogue
from tests.market.stub.coingecko import HTML, IDS, RATE_LIMITED, CoinGecko, serving

MINUTE = timedelta(seconds=61)


@pytest.fixture
def stub() -> Iterator[CoinGecko]:
    with serving() as server:
        yield server


@pytest.fixture(autouse=True)
def market() -> Iterator[None]:
    """The catalogue without prices, and no call made before."""
    the_catalogue()
    cache.clear()
    yield
    cache.clear()


def polled(stub: CoinGecko, *, key: str = "") -> Recorded:
    """One poll of the feed alone."""
    return prices_poll(FeedChain((CoinGeckoFeed(stub.url, key),)))


def later(by: timedelta = MINUTE) -> time_machine.travel:
    """The wall clock so much later, running on."""
    return time_machine.travel(clock.now() + by)


def bitcoin() -> Asset:
    return asset_get("bitcoin")


class TestOneCall:
    """What a good answer makes."""

    def test_prices_every_coin_at_its_own_time(self, stub: CoinGecko) -> None:
        stub.at -= 37

        assert polled(stub).accepted == len(IDS)

        (call,) = stub.calls
        assert set(call.query["ids"].split(",")) == set(IDS)
        assert bitcoin().price == Decimal("67187.33589366")
        assert bitcoin().price_at == clock.from_milliseconds(stub.at * 1_000)
        assert bitcoin().source == "coingecko"
        assert bitcoin().market_cap == Decimal(1317802988326)
        assert bitcoin().volume_24h == Decimal(31260929300)
        assert bitcoin().change_24h == Decimal("3.6373")

    def test_matic_is_asked_for_under_its_present_name(self, stub: CoinGecko) -> None:
        polled(stub)

        assert asset_get("matic-network").price == Decimal("0.9871")

    def test_shares_have_no_price(self, stub: CoinGecko) -> None:
        polled(stub)

        assert asset_get("AAPL").price is None

    def test_numbers_never_pass_through_a_float(self, stub: CoinGecko) -> None:
        stub.raw = b'{"bitcoin": {"usd": 0.12345678, "last_updated_at": %d}}' % stub.at

        polled(stub)

        assert str(bitcoin().price) == "0.12345678"

    def test_the_next_is_not_before_its_time_whoever_polls(self, stub: CoinGecko) -> None:
        for _ in range(5):
            polled(stub)
        assert len(stub.calls) == 1
        with later():
            polled(stub)
        assert len(stub.calls) == 2

    def test_the_same_answer_again_is_no_refusal(self, stub: CoinGecko) -> None:
        polled(stub)
        with later():
            stub.at -= 30
            result = polled(stub)

        assert (result.accepted, result.refused) == (0, {})

    def test_a_newer_one_is_a_tick_more(self, stub: CoinGecko) -> None:
        polled(stub)
        with later():
            stub.at, stub.prices["bitcoin"] = stub.at + 60, 67300
            assert polled(stub).accepted == len(IDS)

        assert [tick.price for tick in ticks_between("bitcoin", 0)] == [Decimal("67187.33589366"), Decimal(67300)]

    def test_takes_the_proxy_that_the_environment_names(self, stub: CoinGecko, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("http_proxy", stub.url.removesuffix("/api/v3"))

        result = prices_poll(FeedChain((CoinGeckoFeed("http://coingecko.invalid/api/v3"),)))

        assert result.accepted == len(IDS)
        assert stub.calls[0].headers["Host"] == "coingecko.invalid"

    def test_costs_no_more_of_the_store_than_any_other_poll(self, stub: CoinGecko) -> None:
        with measured() as usage:
            polled(stub)
        # the list, the rows, one batch of ticks, two transactions of ten assets
        assert usage.requests == 5
        with measured() as usage:
            polled(stub)
        assert usage.requests == 1


class TestTheKey:
    """Who calls."""

    def test_goes_in_a_header_and_not_into_the_address(self, stub: CoinGecko) -> None:
        polled(stub, key="CG-secret")

        (call,) = stub.calls
        assert call.headers["x-cg-demo-api-key"] == "CG-secret"
        assert "CG-secret" not in str(call.query)

    def test_of_a_paid_plan_has_a_header_of_its_own(self) -> None:
        header = key_header("https://pro-api.coingecko.com/api/v3", "CG-secret")

        assert header == {"x-cg-pro-api-key": "CG-secret"}

    def test_is_not_sent_elsewhere_when_it_redirects(self, stub: CoinGecko) -> None:
        stub.status, stub.headers = 302, {"Location": f"{stub.url}/elsewhere"}

        with pytest.raises(FeedFailed, match="it answered 302"):
            CoinGeckoFeed(stub.url, "CG-secret").ticks([], clock.now())

        assert len(stub.calls) == 1


class TestAskedToWait:
    """429."""

    @pytest.mark.parametrize(
        ("header", "seconds"),
        [({"Retry-After": "120"}, 120), ({}, 60), ({"Retry-After": "soon"}, 60), ({"Retry-After": "999999"}, 3_600)],
    )
    def test_nobody_calls_before_it_is_over(self, stub: CoinGecko, header: dict[str, str], seconds: int) -> None:
        stub.status, stub.headers, stub.raw = 429, header, str(RATE_LIMITED).encode()

        assert polled(stub).accepted == 0
        with later(timedelta(seconds=seconds - 2)):
            polled(stub)
            with pytest.raises(FeedFailed):
                CoinGeckoFeed(stub.url).history(bitcoin(), clock.now())
            assert len(stub.calls) == 1
        stub.status, stub.raw = 200, None
        with later(timedelta(seconds=seconds * 1.1 + 2)):
            assert polled(stub).accepted == len(IDS)

    def test_until_a_date(self, stub: CoinGecko) -> None:
        until = clock.now() + timedelta(seconds=300)
        stub.status, stub.headers = 429, {"Retry-After": format_datetime(until, usegmt=True)}

        polled(stub)
        with later(timedelta(seconds=290)):
            polled(stub)

        assert len(stub.calls) == 1


GOOD = '{{"bitcoin": {}, "ethereum": {{"usd": 3400.5, "last_updated_at": {at}}}}}'


class TestNonsense:
    """What is no price is none."""

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
            (200, b"[]", "the answer has not the form of prices"),
            (200, b"{}", "the answer has no price of any asset"),
            (
                200,
                b'{"dogwifhat": {"usd": 2.1, "last_updated_at": 1711356300}}',
                "the answer has no price of any asset",
            ),
            (200, b'{"status": {"error_code": 10005}}', "the answer has no price of any asset"),
            (200, b" " * (fetching.MOST_BYTES + 1), "the answer is longer than"),
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

    def test_nobody_there(self) -> None:
        with pytest.raises(FeedFailed, match="no answer"):
            CoinGeckoFeed("http://127.0.0.1:9").ticks([], clock.now())


def chart(until: datetime, hours: int) -> list[list[float]]:
    """Hourly points as `/market_chart` has them, the last at the time of the call."""
    first = clock.to_milliseconds(until) - hours * 3_600_000
    return [[first + number * 3_600_000, 60_000.0 + number] for number in range(hours + 1)]


def test_its_past_is_one_price_an_hour(stub: CoinGecko) -> None:
    now = datetime.fromisoformat("2026-11-20T09:41:07+00:00")
    stub.charts["bitcoin"] = [*chart(now, 48), [None, 5], [1, "x"], "odd", [clock.to_milliseconds(now), -4]]

    with time_machine.travel(now, tick=False):
        candles = CoinGeckoFeed(stub.url).history(bitcoin(), now)

    hourly = [candle for candle in candles if candle.interval == "1h"]
    assert len(hourly) == 49
    assert [str(hourly[0].open), str(hourly[0].high)] == ["60000.00000000", "60001.00000000"]
    assert hourly[0].close == hourly[1].open
    assert hourly[0].opened_at == datetime.fromisoformat("2026-11-18T09:00:00+00:00")
    assert [candle.opened_at.day for candle in candles if candle.interval == "1d"] == [18, 19, 20]
