"""A wrong MARKET_FEED stops the start with a sentence that says what is wrong."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from market.feeds import configured_feed
from market.services import market_prepare, prices_poll, ticks_record
from tests.market.builders import START, a_file, a_tick, an_asset

BARS = ("date,open,high,low,close,volume", "2026-01-31,1,2,1,2,5")


@pytest.mark.parametrize(
    ("feeds", "named"),
    [
        ([], "simulated, coingecko, binance, replay:"),
        (["simulatd"], "'simulatd'"),
        (["coingecko", "coingecko"], "'coingecko' twice"),
        (["simulated", "replay:nothing.csv?asset=bitcoin"], r"nothing\.csv .* No such file"),
        (["replay:nothing.csv?asset=gold"], "'gold'"),
    ],
)
def test_it_is_said_at_the_start(feeds: list[str], named: str) -> None:
    with override_settings(MARKET_FEED=feeds):
        with pytest.raises(ImproperlyConfigured, match=named):
            configured_feed()
        with pytest.raises(ImproperlyConfigured, match=named):
            market_prepare()
        (message,) = [check for check in run_checks(tags=["market"]) if check.id == "market.E001"]
        assert re.search(named, message.msg)


def test_wrong_columns_are_named(tmp_path: Path) -> None:
    path = a_file(tmp_path, "prices.csv", "day,price", "2026-01-31,1")

    with (
        override_settings(MARKET_FEED=[f"replay:{path}?asset=bitcoin"]),
        pytest.raises(ImproperlyConfigured, match=r"day, price; .*open, high, low, close"),
    ):
        configured_feed()


@pytest.mark.parametrize(
    "feed",
    [
        lambda _: "simulated",
        lambda _: "coingecko",
        lambda _: "binance",
        lambda path: f"replay:{path}?asset=bitcoin",
    ],
)
def test_a_right_setting_passes(tmp_path: Path, feed: Callable[[Path], str]) -> None:
    path = a_file(tmp_path, "prices.csv", *BARS)

    with override_settings(MARKET_FEED=[feed(path)]):
        assert [check for check in run_checks(tags=["market"]) if check.id == "market.E001"] == []


def test_each_asset_is_priced_by_the_first_feed_that_covers_it(tmp_path: Path) -> None:
    path = a_file(tmp_path, "prices.csv", *BARS)
    bitcoin, ether = an_asset("bitcoin"), an_asset("ethereum")

    with override_settings(MARKET_FEED=[f"replay:{path}?asset=bitcoin", "simulated"]):
        ticks = configured_feed().ticks([bitcoin, ether], START)
        assert prices_poll().accepted == 2

    assert {tick.asset_id: tick.source for tick in ticks} == {
        "bitcoin": "replay:prices.csv",
        "ethereum": "simulated",
    }


def test_a_replay_on_a_store_with_later_prices_is_refused_because_all_of_it_would_be_late(tmp_path: Path) -> None:
    path = a_file(tmp_path, "prices.csv", *BARS)
    an_asset("bitcoin")
    ticks_record([a_tick("90000", START, source="simulated")])

    with (
        override_settings(MARKET_FEED=[f"replay:{path}?asset=bitcoin"]),
        pytest.raises(ImproperlyConfigured, match=r"Bitcoin up to .* from simulated\..* DATASTORE_URL"),
    ):
        market_prepare()


def test_live_prices_on_a_store_with_simulated_ones_are_refused() -> None:
    an_asset("bitcoin")
    ticks_record([a_tick("90000", START, source="simulated")])

    with (
        override_settings(MARKET_FEED=["coingecko"]),
        pytest.raises(ImproperlyConfigured, match=r"Bitcoin from simulated\..* DATASTORE_URL"),
    ):
        market_prepare()
