"""CoinGecko: one call for all coins at CoinGecko's own times, never more often than granted."""

from datetime import datetime, timedelta
from decimal import Decimal
from email.utils import format_datetime

import pytest
import time_machine

from core import clock
from core.storage import measured
from market.feeds import FeedChain, FeedFailed
from market.feeds.coingecko import CoinGeckoFeed
from market.feeds.coingecko.feed import key_header
from market.selectors import asset_get, ticks_between
from market.services import prices_poll
from tests.market.coingecko.polling import bitcoin, later, polled
from tests.market.stub.coingecko import IDS, RATE_LIMITED, CoinGecko


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

    def test_of_a_paid_plan_has_its_own_header(self) -> None:
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
    def test_no_process_calls_before_it_is_over(self, stub: CoinGecko, header: dict[str, str], seconds: int) -> None:
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
