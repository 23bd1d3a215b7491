"""Whole price histories, made here and real ones where they are beside the project: every row counts."""

import csv
import os
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from core import clock
from market.domain import Asset
from market.feeds.replay import ReplayFeed, parsed
from market.selectors import assets_listed, candles_of, ticks_between
from market.services import prices_poll
from tests.market.builders import days_of_coins, the_catalogue

PRICES = Path(__file__).resolve().parents[3] / "shared" / "data" / "prices"


@pytest.fixture
def prices() -> Path:
    """The folder of real prices; its absence is an error where REQUIRE_SHARED is set, a visible skip elsewhere."""
    if not PRICES.is_dir():
        assert not os.environ.get("REQUIRE_SHARED"), f"REQUIRE_SHARED is set, but {PRICES} is not there"
        pytest.skip(f"{PRICES} is not there")
    return PRICES


def replayed(text: str) -> tuple[int, dict[str, Asset]]:
    """How many ticks a whole replay accepted, none refused, and the assets afterwards."""
    the_catalogue()
    feed = ReplayFeed(parsed(text), poll_seconds=5)
    accepted = 0
    while (result := prices_poll(feed)).accepted:
        assert (result.refused, result.quarantined) == ({}, 0)
        accepted += result.accepted
    assert result.refused == {}
    return accepted, {asset.asset_id: asset for asset in assets_listed()}


def test_every_row_of_simulated_days_becomes_a_price_and_a_candle(tmp_path: Path) -> None:
    assert all_rows_recorded(days_of_coins(tmp_path, days=60)) == 20 * 60


def test_every_row_of_the_real_year_of_twenty_coins_becomes_a_price_and_a_candle(prices: Path) -> None:
    assert all_rows_recorded(prices / "coins-daily-2021.csv") == 7_320


def all_rows_recorded(path: Path) -> int:
    """How many rows of daily prices of 2021 the file has; each is a tick, the close of its day, and in its candle."""
    rows: dict[str, list[tuple[datetime, Decimal]]] = defaultdict(list)
    with path.open(newline="") as lines:
        for row in csv.DictReader(lines):
            price = Decimal(row["price_usd"]).quantize(Decimal("1e-8"))
            rows[row["coin_id"]].append((clock.from_milliseconds(int(row["timestamp_ms"])), price))

    accepted, assets = replayed(str(path))

    assert accepted == sum(map(len, rows.values()))
    assert len(rows) == 20
    for coin, expected in rows.items():
        ticks = ticks_between(coin, 0)
        assert [(tick.at, tick.price) for tick in ticks] == expected
        assert (assets[coin].price_at, assets[coin].price) == expected[-1]
        candles = candles_of(assets[coin], "1d", datetime(2021, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC))
        closes = {at.date(): price for at, price in expected}
        assert {candle.opened_at.date(): candle.close for candle in candles} == closes
        assert len(candles) == len(closes)
    return accepted


@pytest.mark.parametrize(
    ("file", "query", "count", "first", "last_close"),
    [
        ("btc-usd-1m-2026-01-31.csv", "asset=bitcoin", 1_430, "2026-01-31T06:49:00.000Z", "78335.7"),
        ("spy-usd-1m-2020-12.csv", "asset=SPY&zone=America/New_York", 1_564, "2020-12-15T14:30:00.000Z", "369.15"),
        ("msft-usd-1d-1990-2022.csv", "asset=MSFT", 8_111, "1990-01-02T00:00:00.000Z", "285.59"),
        ("btc-usd-1d-2017-2021.csv", "asset=bitcoin", 1_246, "2017-08-16T00:00:00.000Z", "37371.38"),
    ],
)
def test_every_bar_is_accepted(prices: Path, file: str, query: str, count: int, first: str, last_close: str) -> None:
    accepted, assets = replayed(f"{prices / file}?{query}")

    asset_id = parsed(f"{file}?{query}").asset_id or ""
    assert accepted == count
    assert clock.to_text(ticks_between(asset_id, -(10**13), limit=1)[0].at) == first
    assert assets[asset_id].price == Decimal(last_close)


def test_hours_of_real_minutes_hold_what_the_minutes_say(prices: Path) -> None:
    path = prices / "btc-usd-1m-2026-01-31.csv"
    hour = datetime(2026, 1, 31, 12, tzinfo=UTC)
    with path.open(newline="") as lines:
        within = [row for row in csv.DictReader(lines) if row["timestamp"].startswith("2026-01-31T12:")]

    _, assets = replayed(f"{path}?asset=bitcoin")

    (candle,) = candles_of(assets["bitcoin"], "1h", hour, hour + timedelta(hours=1))
    assert candle.open == Decimal(within[0]["open"])
    assert candle.high == max(Decimal(row["high"]) for row in within)
    assert candle.low == min(Decimal(row["low"]) for row in within)
    assert candle.close == Decimal(within[-1]["close"])
    assert candle.volume == sum(Decimal(row["volume"]) for row in within)
