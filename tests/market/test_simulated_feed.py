"""The simulated market: the same for everybody, without jumps, about as restless as it says."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import correlation, mean, stdev

import pytest

from market import catalogue
from market.domain import INTERVALS, Candle, folded
from market.domain import SIMULATED as NAME
from market.feeds.simulated import SimulatedFeed

NOW = datetime(2026, 11, 20, 9, 41, 7, tzinfo=UTC)
ASSETS = {asset.asset_id: asset for asset in catalogue.assets()}


def prices(asset_id: str, times: list[datetime], feed: SimulatedFeed | None = None) -> list[float]:
    feed = feed or SimulatedFeed()
    return [float(feed.ticks([ASSETS[asset_id]], at)[0].price) for at in times]


def changes(asset_id: str, times: list[datetime]) -> list[float]:
    return [math.log(later / earlier) for earlier, later in pairwise(prices(asset_id, times))]


def every(step: timedelta, count: int) -> list[datetime]:
    return [NOW + step * number for number in range(count)]


def test_it_prices_the_whole_catalogue() -> None:
    ticks = SimulatedFeed().ticks(catalogue.assets(), NOW)

    assert [tick.asset_id for tick in ticks] == [listing.asset_id for listing in catalogue.CATALOGUE]
    assert {tick.source for tick in ticks} == {NAME}
    assert all(tick.price > 0 and tick.market_cap for tick in ticks)


def test_a_restart_makes_no_difference() -> None:
    times = every(timedelta(minutes=13), 50)

    assert prices("bitcoin", times) == prices("bitcoin", times, SimulatedFeed())


def test_its_prices_are_the_same_on_every_machine() -> None:
    (tick,) = SimulatedFeed().ticks([ASSETS["bitcoin"]], NOW)

    assert str(tick.price) == "80130.61"


def test_another_seed_is_another_market() -> None:
    times = every(timedelta(hours=1), 5)

    assert prices("bitcoin", times) != prices("bitcoin", times, SimulatedFeed(seed="another"))


@pytest.mark.parametrize("asset_id", ["bitcoin", "dogecoin", "tether", "AAPL"])
@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(days=1), timedelta(days=4)])
def test_it_is_about_as_restless_as_the_catalogue_says(asset_id: str, step: timedelta) -> None:
    expected = catalogue.BY_ID[asset_id].daily_volatility * math.sqrt(step / timedelta(days=1))

    assert stdev(changes(asset_id, every(step, 400))) == pytest.approx(expected, rel=0.4)


def test_no_step_of_a_poll_is_a_jump() -> None:
    assert max(map(abs, changes("dogecoin", every(timedelta(seconds=5), 2_000)))) < 0.01


def test_it_stays_near_where_it_began_for_years() -> None:
    course = prices("bitcoin", every(timedelta(days=7), 520))

    assert 30_000 < min(course) < mean(course) < max(course) < 300_000


def test_coins_move_together_a_little() -> None:
    days = every(timedelta(days=1), 400)

    together = correlation(changes("bitcoin", days), changes("ethereum", days))

    assert 0.15 < together < 0.65


class TestHistory:
    """The candles before the first start."""

    history = SimulatedFeed().history(ASSETS["bitcoin"], NOW)

    def of(self, interval: str) -> list[Candle]:
        return [candle for candle in self.history if candle.interval == interval]

    @pytest.mark.parametrize(("interval", "least"), [("1d", 90), ("1h", 7 * 24), ("15m", 96), ("5m", 288), ("1m", 60)])
    def test_it_reaches_back_without_a_gap(self, interval: str, least: int) -> None:
        candles = self.of(interval)

        assert len(candles) >= least
        step = timedelta(seconds=INTERVALS[interval].seconds)
        assert {later.opened_at - earlier.opened_at for earlier, later in pairwise(candles)} == {step}
        assert candles[-1].opened_at == INTERVALS[interval].opened_at(NOW)

    def test_candles_hold_what_they_say(self) -> None:
        assert all(
            candle.low <= min(candle.open, candle.close) <= max(candle.open, candle.close) <= candle.high
            for candle in self.history
        )

    def test_long_candles_agree_with_short_ones(self) -> None:
        minutes = self.of("1m")

        assert folded(minutes, INTERVALS["5m"])[1:] == self.of("5m")[-len(folded(minutes, INTERVALS["5m"])) + 1 :]
        assert self.of("1d")[-1].close == self.of("1h")[-1].close == minutes[-1].close

    def test_it_says_that_it_is_simulated(self) -> None:
        assert {candle.source for candle in self.history} == {NAME}

    def test_the_live_price_follows_from_it(self) -> None:
        (tick,) = SimulatedFeed().ticks([ASSETS["bitcoin"]], NOW)

        assert float(self.of("1m")[-1].close) == pytest.approx(float(tick.price), rel=0.005)
