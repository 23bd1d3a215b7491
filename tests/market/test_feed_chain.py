"""Live feeds replace each other, and no simulated one replaces them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock
from market.domain import Asset, Candle, Tick
from market.feeds import FEEDS, FeedChain, FeedFailed, LiveFeed
from market.feeds.binance.pairs import BINANCE
from market.feeds.coingecko.answers import COINGECKO
from market.feeds.simulated import SimulatedFeed
from market.selectors import asset_get
from market.services import prices_poll
from tests.market.builders import an_asset

NOW = datetime.fromisoformat("2026-11-20T09:41:07+00:00")
STALE = timedelta(minutes=10)


class PricedFeed(LiveFeed):
    """A live feed with the price that the test puts there and its age, or None for failing."""

    def __init__(self, name: str, price: str | None, age: timedelta = timedelta(0)) -> None:
        self.name, self.price, self.age = name, price, age
        self.asked: list[str] = []
        self.has_past = True

    def covers(self, asset_id: str) -> bool:
        return asset_id in ("bitcoin", "tether") if self.name == COINGECKO else asset_id == "bitcoin"

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        self.asked += [asset.asset_id for asset in assets]
        if self.price is None:
            raise FeedFailed("no answer")
        return [Tick.lone(asset.asset_id, now - self.age, Decimal(self.price), self.name) for asset in assets]

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        if self.price is None:
            raise FeedFailed("no answer")
        if not self.has_past:
            return []
        price = Decimal(self.price)
        return [Candle(asset.asset_id, "1d", NOW, price, price, price, price, self.name)]


@pytest.fixture(autouse=True)
def clock_stands() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def first() -> PricedFeed:
    return PricedFeed(BINANCE, "67000")


@pytest.fixture
def second() -> PricedFeed:
    return PricedFeed(COINGECKO, "67100", timedelta(seconds=50))


@pytest.fixture(autouse=True)
def assets() -> None:
    for asset_id in ("bitcoin", "tether", "AAPL"):
        an_asset(asset_id)


def polled(*feeds: PricedFeed | SimulatedFeed) -> str:
    """Who prices bitcoin after a poll."""
    prices_poll(FeedChain(feeds))
    return asset_get("bitcoin").source


def test_each_asset_is_priced_by_the_first_that_knows_it(first: PricedFeed, second: PricedFeed) -> None:
    polled(first, second)

    assert asset_get("bitcoin").source == BINANCE
    assert asset_get("tether").source == COINGECKO
    assert asset_get("AAPL").price is None
    assert second.asked == ["tether"]


def test_a_failure_alone_does_not_bring_in_another(first: PricedFeed, second: PricedFeed) -> None:
    polled(first, second)
    first.price = None

    assert polled(first, second) == BINANCE
    assert "bitcoin" not in second.asked


def test_another_replaces_it_once_the_price_is_stale_and_goes_on(
    first: PricedFeed, second: PricedFeed, clock_stands: time_machine.Traveller
) -> None:
    polled(first, second)
    first.price = None
    clock_stands.shift(STALE)

    assert polled(first, second) == COINGECKO
    clock_stands.shift(timedelta(seconds=5))
    assert polled(first, second) == COINGECKO
    assert asset_get("bitcoin").price_at == clock.now() - second.age


def test_the_first_takes_over_again(
    first: PricedFeed, second: PricedFeed, clock_stands: time_machine.Traveller
) -> None:
    first.price = None
    assert polled(first, second) == COINGECKO

    first.price = "67000"
    clock_stands.shift(timedelta(seconds=5))

    assert polled(first, second) == BINANCE


def test_one_that_lags_takes_over_from_one_that_does_not(
    first: PricedFeed, second: PricedFeed, clock_stands: time_machine.Traveller
) -> None:
    second.price = None
    assert polled(second, first) == BINANCE

    second.price = "67100"
    for _ in range(12):
        clock_stands.shift(timedelta(seconds=5))
        polled(second, first)

    assert asset_get("bitcoin").source == COINGECKO
    assert asset_get("bitcoin").memory.refused == {}


def test_one_whose_own_prices_are_old_is_no_answer(first: PricedFeed, second: PricedFeed) -> None:
    second.age = STALE

    assert polled(second, first) == BINANCE


def test_a_simulated_market_never_replaces_it(first: PricedFeed, clock_stands: time_machine.Traveller) -> None:
    polled(first, SimulatedFeed())
    first.price = None
    clock_stands.shift(STALE)

    assert polled(first, SimulatedFeed()) == BINANCE
    assert asset_get("bitcoin").is_stale(clock.now())
    assert asset_get("AAPL").source == "simulated"


def test_history_comes_from_the_first_live_feed_that_knows_any(first: PricedFeed, second: PricedFeed) -> None:
    first.price = None
    chain = FeedChain((first, second, SimulatedFeed()))

    (candle,) = chain.history(asset_get("bitcoin"), NOW)
    assert candle.source == COINGECKO
    first.price, first.has_past = "67000", False
    assert [candle.source for candle in chain.history(asset_get("bitcoin"), NOW)] == [COINGECKO]
    first.price = second.price = None
    with pytest.raises(FeedFailed, match=r"binance:usdt: no answer; coingecko: no answer"):
        chain.history(asset_get("bitcoin"), NOW)


@pytest.mark.parametrize("source", ["simulated", "replay:prices.csv"])
def test_live_prices_do_not_go_on_from_simulated_ones(first: PricedFeed, source: str) -> None:
    conflict = first.conflict(priced_by(source))

    assert conflict is not None
    assert all(part in conflict for part in ("Bitcoin", source, "DATASTORE_URL"))


@pytest.mark.parametrize("source", [kind.source for kind in FEEDS.values() if kind.is_live])
def test_simulated_prices_do_not_go_on_from_live_ones(first: PricedFeed, source: str) -> None:
    conflict = SimulatedFeed().conflict(priced_by(source))

    assert conflict is not None
    assert "DATASTORE_URL" in conflict
    assert first.conflict(priced_by(source)) is None


def priced_by(source: str) -> Asset:
    prices_poll(FeedChain((PricedFeed(source, "67000"),)))
    return asset_get("bitcoin")
