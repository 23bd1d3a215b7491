"""Charts of live prices: the past comes after the first price, one asset at a time, and hurts nothing that is there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings

from core import clock
from core.storage import Store, measured, using
from market.selectors import asset_get, assets_listed, candles_of
from market.services import history_fetch, market_prepare, prices_poll, ticks_record
from market.tables import CANDLES
from tests.market.builders import a_tick
from tests.market.faults import DyingStore, Killed
from tests.market.stub.coingecko import IDS, CoinGecko, serving

NOW = datetime.fromisoformat("2026-11-20T09:41:07+00:00")
HOURS = 90 * 24


@pytest.fixture
def stub() -> Iterator[CoinGecko]:
    """CoinGecko with 90 days of hours of Bitcoin, and 31 of every other coin."""
    first = clock.to_milliseconds(NOW) - HOURS * 3_600_000
    with serving() as server:
        server.at = clock.to_seconds(NOW) - 20
        for coin in IDS:
            start = 0 if coin == "bitcoin" else HOURS - 31 * 24
            server.charts[coin] = [[first + n * 3_600_000, 60_000.0 + n % 24] for n in range(start, HOURS + 1)]
        yield server


@pytest.fixture(autouse=True)
def live(stub: CoinGecko) -> Iterator[time_machine.Traveller]:
    """A site on live prices, prepared and polled once."""
    cache.clear()
    with (
        time_machine.travel(NOW, tick=False) as traveller,
        override_settings(MARKET_FEED=["coingecko"], COINGECKO_URL=stub.url),
    ):
        market_prepare()
        prices_poll()
        yield traveller
    cache.clear()


def all_fetched(traveller: time_machine.Traveller) -> list[str]:
    """What is fetched by calling until nothing is left, a quarter of a minute apart."""
    fetched = []
    while (asset_id := history_fetch()) is not None:
        fetched.append(asset_id)
        traveller.shift(15)
    return fetched


def test_a_start_asks_no_feed(stub: CoinGecko) -> None:
    assert [call.path for call in stub.calls] == ["/simple/price"]


def test_every_coin_gets_its_past_in_turn(stub: CoinGecko, live: time_machine.Traveller) -> None:
    fetched = all_fetched(live)

    assert len(fetched) == len(IDS)
    assert len([call for call in stub.calls if "market_chart" in call.path]) == len(IDS)
    days = {asset.asset_id: len(asset.daily_closes) for asset in assets_listed()}
    assert days.pop("bitcoin") == 90
    assert [days.pop(asset_id) for asset_id in ("AAPL", "MSFT", "SPY")] == [0, 0, 0]
    assert set(days.values()) == {32}


@pytest.mark.every_backend
def test_candles_reach_from_there_to_the_running_one(live: time_machine.Traveller) -> None:
    before = asset_get("bitcoin")
    assert history_fetch() == "bitcoin"

    bitcoin = asset_get("bitcoin")
    hours = candles_of(bitcoin, "1h", NOW - timedelta(days=7), NOW)
    days = candles_of(bitcoin, "1d", NOW - timedelta(days=100), NOW)
    assert len(hours) == 7 * 24
    assert len(days) == 91
    assert hours[-1].close == days[-1].close == bitcoin.price == before.price
    assert bitcoin.memory.seen_at == before.memory.seen_at
    assert bitcoin.change_24h is not None
    assert (bitcoin.high_24h, bitcoin.low_24h) == (before.price, Decimal(60_000))


def test_the_running_day_begins_where_the_day_began(live: time_machine.Traveller) -> None:
    history_fetch()

    running = asset_get("bitcoin").memory.running["1d"]

    midnight = Decimal(60_000 + (HOURS - 9) % 24)
    assert running.open == midnight
    assert running.low == 60_000
    assert running.close == asset_get("bitcoin").price


def test_candles_of_ticks_are_not_written_over(live: time_machine.Traveller) -> None:
    for minute in range(1, 90):
        live.move_to(NOW + timedelta(minutes=minute))
        ticks_record([a_tick(str(67_000 + minute), clock.now(), source="coingecko")])
    own = candles_of(asset_get("bitcoin"), "1h", NOW - timedelta(hours=1), clock.now())

    assert history_fetch() == "bitcoin"

    after = candles_of(asset_get("bitcoin"), "1h", NOW - timedelta(days=3), clock.now())
    assert after[-len(own) :] == own
    assert len(after) > 70


def test_killed_half_way_it_completes_the_next_time(store: Store) -> None:
    with pytest.raises(Killed), using(DyingStore(store, at_write=5, is_written=True)):
        history_fetch()
    cache.clear()

    assert history_fetch() == "bitcoin"

    rows = [item for item in store.dump(CANDLES) if item["series"] == "bitcoin#1d"]
    assert len(rows) == 90
    assert len(asset_get("bitcoin").daily_closes) == 90


def test_a_failure_leaves_the_rest_for_later(stub: CoinGecko, live: time_machine.Traveller) -> None:
    stub.status = 500
    assert history_fetch() is None
    assert history_fetch() is None
    assert len(stub.calls) == 2
    stub.status = 200
    live.shift(90)

    assert history_fetch() is not None


def test_with_nothing_to_do_it_is_one_request(live: time_machine.Traveller) -> None:
    all_fetched(live)

    with measured() as usage:
        assert history_fetch() is None

    assert usage.requests == 1


def test_a_simulated_market_has_no_use_for_it() -> None:
    with override_settings(MARKET_FEED=["simulated"]):
        assert history_fetch() is None
