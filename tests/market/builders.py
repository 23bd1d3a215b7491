"""Assets, ticks and files of prices for tests."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from core import clock
from market import catalogue
from market.domain import Asset, Tick
from market.feeds.simulated import SimulatedFeed
from market.selectors import asset_get
from market.services import assets_add, ticks_record

START = datetime(2026, 1, 31, 7, 0, tzinfo=UTC)
SOURCE = "test"


def a_tick(
    price: str,
    at: datetime = START,
    *,
    asset_id: str = "bitcoin",
    source: str = SOURCE,
) -> Tick:
    """A single price."""
    return Tick.lone(asset_id, at, Decimal(price), source)


def a_bar(
    opened: str,
    high: str,
    low: str,
    close: str,
    at: datetime = START,
    *,
    asset_id: str = "bitcoin",
    volume: str | None = None,
    seconds: int = 60,
    source: str = SOURCE,
) -> Tick:
    """A bar, of one minute unless said."""
    return Tick(
        asset_id,
        at,
        Decimal(opened),
        Decimal(high),
        Decimal(low),
        Decimal(close),
        source,
        None if volume is None else Decimal(volume),
        seconds,
    )


def the_catalogue() -> None:
    """Every asset of the catalogue in the store, without a price."""
    assets_add(catalogue.assets())


def an_asset(asset_id: str = "bitcoin", *, price: str | None = None, at: datetime | None = None) -> Asset:
    """An asset of the catalogue in the store, with a price of now unless said otherwise; None leaves it out."""
    assets_add([asset for asset in catalogue.assets() if asset.asset_id == asset_id])
    if price is not None:
        ticks_record([a_tick(price, at or clock.now(), asset_id=asset_id)])
    return asset_get(asset_id)


def minutes(count: int, start: datetime = START) -> Iterable[datetime]:
    """That many times, a minute apart."""
    return (start + timedelta(minutes=number) for number in range(count))


def a_file(folder: Path, name: str, *lines: str) -> Path:
    """A file of these lines."""
    path = folder / name
    path.write_text("\n".join(lines) + "\n")
    return path


def days_of_coins(folder: Path, *, days: int) -> Path:
    """A file in the form of CoinGecko's daily history: every simulated coin at each midnight of 2021."""
    feed, coins = SimulatedFeed(), [asset for asset in catalogue.assets() if asset.kind == "crypto"]
    lines = []
    for number in range(days):
        midnight = datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=number)
        lines += [
            f"{tick.timestamp},{tick.asset_id},{tick.price},{tick.market_cap},1000.5"
            for tick in feed.ticks(coins, midnight)
        ]
    return a_file(folder, "coins.csv", "timestamp_ms,coin_id,price_usd,market_cap_usd,volume_24h_usd", *lines)
