"""Figures of the market in words and rows for its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal

from core import money
from core.presentation import numbers
from core.presentation.series import SeriesRow
from market.domain import Asset, Candle
from market.feeds import FEEDS, kind_of_source

SHOWN = {"1m": 180, "5m": 288, "15m": 192, "1h": 168, "1d": 180}
"""How many candles of each interval a page shows."""
LABELS = {"1m": "1 min", "5m": "5 min", "15m": "15 min", "1h": "1 hour", "1d": "1 day"}
SCALES = (
    (Decimal("1e12"), "trillion"),
    (Decimal("1e9"), "billion"),
    (Decimal("1e6"), "million"),
)
ONE_DECIMAL = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class AssetRow:
    """An asset in a list: whether its price is stale, and whether it is on the reader's watchlist."""

    asset: Asset
    is_stale: bool
    is_starred: bool


def asset_rows(assets: Sequence[Asset], now: datetime, starred: frozenset[str] = frozenset()) -> list[AssetRow]:
    """Rows of a list at this wall time."""
    return [AssetRow(asset, asset.is_stale(now), asset.asset_id in starred) for asset in assets]


def candle_rows(candles: Sequence[Candle], zone: tzinfo) -> list[SeriesRow]:
    """Rows of a table; a volume column only where every candle has one. Days are UTC days whatever the zone."""
    with_volume = has_volume(candles)
    rows = []
    for candle in candles:
        prices = (candle.open, candle.high, candle.low, candle.close)
        figures = [(money.plain(price), numbers.price(price)) for price in prices]
        if with_volume and candle.volume is not None:
            figures.append((money.plain(candle.volume), numbers.quantity(candle.volume)))
        rows.append(SeriesRow(candle.opened_at.astimezone(zone).isoformat(), _label(candle, zone), tuple(figures)))
    return rows


def has_volume(candles: Sequence[Candle]) -> bool:
    """Whether every one of the candles has a volume."""
    return bool(candles) and all(candle.volume is not None for candle in candles)


def summary(asset: Asset, candles: Sequence[Candle], zone: tzinfo) -> str:
    """What a chart of these candles shows, in one sentence; empty for no candles."""
    if not candles:
        return ""
    lowest = numbers.price(min(candle.low for candle in candles))
    highest = numbers.price(max(candle.high for candle in candles))
    change = (candles[-1].close / candles[0].open - 1) * 100
    moved = f"{'rose' if change > 0 else 'fell'} {numbers.percent(abs(change))}"
    if not change.quantize(ONE_DECIMAL, ROUND_HALF_UP):
        moved = "hardly moved"
    return f"{asset.name} {moved} since {_label(candles[0], zone)}, between {lowest} and {highest}."


def rounded_amount(value: Decimal) -> str:
    """A large amount to one decimal: `1.6 trillion`, `87.9 million`; below a million in full."""
    for size, name in SCALES:
        if value >= size:
            return f"{numbers.grouped(value / size, ONE_DECIMAL)} {name}"
    return numbers.grouped(value, Decimal(1))


def source_in_words(source: str) -> str:
    """What a feed's name means to a reader: `simulated`, `replay of prices.csv`, `Binance, in USDT`."""
    kind = kind_of_source(source)
    return source if kind is None else f"{kind.words} {source.removeprefix(kind.source)}".strip()


def sources_in_words() -> str:
    """Every source of prices as in the store and the API: `simulated`, ..., or `replay:` and the file's name."""
    *others, last = [f"`{kind.source}`" + (f" and {kind.argument}" if kind.argument else "") for kind in FEEDS.values()]
    return f"{', '.join(others)}, or {last}."


def _label(candle: Candle, zone: tzinfo) -> str:
    if candle.interval == "1d":
        day = candle.opened_at.astimezone(UTC)
        return f"{day.day} {day:%b %Y}"
    local = candle.opened_at.astimezone(zone)
    return f"{local.day} {local:%b, %H:%M}"
