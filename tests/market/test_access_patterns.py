"""Each question to the tables of assets, prices and watchlists is one request."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core import clock
from core.storage import store
from market import selectors
from market.repositories import ticks, watchlist
from market.services import ticks_record
from market.triggers.engine import catch_up
from market.triggers.selectors import series_by_asset
from tests.builders import a_user
from tests.counting import one_request, queried
from tests.market.builders import START, a_tick, an_asset

pytestmark = pytest.mark.every_backend

PRICES = ("100", "101", "102")
APART = timedelta(seconds=40)


@pytest.fixture
def _prices() -> None:
    """Three ticks of bitcoin, 40 s apart: the minute of the first two is over."""
    an_asset("bitcoin")
    ticks_record([a_tick(price, START + number * APART) for number, price in enumerate(PRICES)])


@pytest.mark.usefixtures("_prices")
def test_assets_one() -> None:
    with one_request():
        assert selectors.asset_get("bitcoin").price == Decimal(102)


@pytest.mark.usefixtures("_prices")
def test_assets_latest_prices_of_many() -> None:
    an_asset("ethereum", price="7", at=START)
    with one_request():
        found = selectors.assets_by_id(["bitcoin", "ethereum", "nothing"])
    assert {asset_id: asset.price for asset_id, asset in found.items()} == {
        "bitcoin": Decimal(102),
        "ethereum": Decimal(7),
    }


@pytest.mark.usefixtures("_prices")
def test_assets_by_rank() -> None:
    with one_request():
        found = selectors.assets_listed()
    assert [asset.rank for asset in found] == sorted(asset.rank for asset in found)
    assert "bitcoin" in {asset.asset_id for asset in found}


@pytest.mark.usefixtures("_prices")
def test_ticks_latest() -> None:
    [found] = map(ticks.tick_from_item, queried(ticks.latest_query("bitcoin")).items)
    assert (found.close, found.at) == (Decimal(102), START + 2 * APART)
    assert queried(ticks.latest_query("ethereum")).items == ()


@pytest.mark.usefixtures("_prices")
def test_ticks_range() -> None:
    first, second = clock.to_milliseconds(START), clock.to_milliseconds(START + APART)
    with one_request():
        found = selectors.ticks_between("bitcoin", first, second)
    assert [tick.close for tick in found] == [Decimal(101)]


@pytest.mark.usefixtures("_prices")
def test_candles_range() -> None:
    with one_request():
        found = selectors.candles_between("bitcoin", "1m", START, START + timedelta(minutes=5))
    assert [(candle.open, candle.close) for candle in found] == [(Decimal(100), Decimal(101))]


@pytest.mark.usefixtures("_prices")
def test_trigger_series_of_many() -> None:
    catch_up("bitcoin")
    with one_request():
        found = series_by_asset(["bitcoin", "ethereum"])
    assert set(found) == {"bitcoin", "ethereum"}


def test_watchlist_of_a_user() -> None:
    for username in ("alice", "bob"):
        a_user(username)
    for username, asset_id in (("alice", "bitcoin"), ("alice", "ethereum"), ("bob", "solana")):
        store().write(watchlist.star_put(username, asset_id, START))
    found = queried(watchlist.stars_query("alice"))
    assert [item["asset_id"] for item in found.items] == ["bitcoin", "ethereum"]
