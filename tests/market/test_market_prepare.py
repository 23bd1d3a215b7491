"""The first start: assets, and prices where the feed has a past."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

from core.storage import Store, measured, open_store, using
from market import catalogue
from market.domain import INTERVALS
from market.selectors import asset_get, assets_listed, candles_of
from market.services import market_prepare, prices_poll
from market.tables import ASSETS, CANDLES, TABLES
from tests.market.builders import a_file
from tests.market.faults import DyingStore, Killed

NOW = datetime(2026, 11, 20, 9, 41, 7, tzinfo=UTC)


@pytest.fixture(scope="module")
def prepared_once() -> Iterator[Store]:
    """A store after its first start, made once because 16,000 candles take their time."""
    store = open_store("memory://")
    store.create_tables(TABLES)
    with using(store), time_machine.travel(NOW, tick=False):
        market_prepare()
    yield store
    store.close()


@pytest.fixture
def prepared(prepared_once: Store) -> Iterator[Store]:
    """The market after its first start, for tests that change nothing."""
    with using(prepared_once):
        yield prepared_once


@pytest.fixture(autouse=True)
def november() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_every_asset_has_a_price_a_past_and_says_that_it_is_simulated(prepared: Store) -> None:
    assets = assets_listed()

    assert [asset.asset_id for asset in assets] == [listing.asset_id for listing in catalogue.CATALOGUE]
    for asset in assets:
        assert asset.source == "simulated"
        assert asset.active
        assert asset.is_priced(NOW)
        assert asset.price is not None
        assert asset.change_24h is not None
        assert (asset.low_24h or 0) <= asset.price <= (asset.high_24h or 0)
        assert len(asset.daily_closes) == 90


def test_candles_reach_up_to_now(prepared: Store) -> None:
    bitcoin = asset_get("bitcoin")

    for name, interval in INTERVALS.items():
        candles = candles_of(bitcoin, name, NOW - timedelta(days=100), NOW)
        assert candles[-1].opened_at == interval.opened_at(NOW)
        assert candles[-1].close == bitcoin.price
        assert len({candle.opened_at for candle in candles}) == len(candles)


def test_again_it_changes_nothing_and_takes_two_requests(prepared: Store) -> None:
    before = sorted(prepared.dump(ASSETS), key=repr)

    with measured() as usage:
        market_prepare()

    assert usage.requests == 2
    assert sorted(prepared.dump(ASSETS), key=repr) == before


def test_killed_half_way_it_completes_at_the_next_start(store: Store) -> None:
    with pytest.raises(Killed), using(DyingStore(store, at_write=30, is_written=True)):
        market_prepare()

    market_prepare()

    days = [item["series"] for item in store.dump(CANDLES) if item["series"].endswith("#1d")]
    assert {len(asset.daily_closes) for asset in assets_listed()} == {90}
    assert len(days) == len(catalogue.CATALOGUE) * 90


def test_polls_go_on_from_there(prepared_once: Store, store: Store, november: time_machine.Traveller) -> None:
    store.load(ASSETS, prepared_once.dump(ASSETS))
    before = asset_get("bitcoin")
    november.shift(5)

    result = prices_poll()

    after = asset_get("bitcoin")
    assert result.accepted == len(catalogue.CATALOGUE)
    assert before.price is not None
    assert after.price is not None
    assert after.price_at == NOW + timedelta(seconds=5)
    assert abs(after.price - before.price) < before.price / 100


def test_a_replay_begins_without_a_past(tmp_path: Path) -> None:
    path = a_file(tmp_path, "days.csv", "date,open,high,low,close,volume", "2026-01-31,1,2,1,2,5")

    with override_settings(MARKET_FEED=[f"replay:{path}?asset=bitcoin"]):
        market_prepare()

    assert asset_get("bitcoin").price is None
    assert len(assets_listed()) == len(catalogue.CATALOGUE)
