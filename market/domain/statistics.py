"""Figures over the whole market: averages, sums, and how old the prices behind them are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import mean, median

from core.money import QUANTUM
from market.domain.asset import Asset


@dataclass(frozen=True, slots=True)
class Average:
    """Mean and median, to 8 decimals, over the `known` assets that have the figure; None where none has it."""

    mean: Decimal | None
    median: Decimal | None
    known: int


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum over the `known` assets that have the figure; None where none has it."""

    total: Decimal | None
    known: int


@dataclass(frozen=True, slots=True)
class MarketStatistics:
    """Of the active assets: counts, the change of 24 hours in percent, volume of 24 hours and market capitalisation.

    `oldest_price_at` and `newest_price_at` are on the clocks of the feeds; stale prices are included, and `stale`
    counts them.
    """

    assets: int
    priced: int
    stale: int
    gaining: int
    losing: int
    change: Average
    market_cap: Sum
    volume: Sum
    oldest_price_at: datetime | None
    newest_price_at: datetime | None


def statistics_of(assets: Sequence[Asset], now: datetime) -> MarketStatistics:
    """The figures of the active ones among these assets, at this wall time."""
    active = [asset for asset in assets if asset.active]
    changes = [asset.change_24h for asset in active if asset.change_24h is not None]
    moments = [asset.price_at for asset in active if asset.price_at is not None]
    return MarketStatistics(
        assets=len(active),
        priced=sum(asset.price is not None for asset in active),
        stale=sum(asset.is_stale(now) for asset in active),
        gaining=sum(change > 0 for change in changes),
        losing=sum(change < 0 for change in changes),
        change=_average(changes),
        market_cap=_sum([asset.market_cap for asset in active]),
        volume=_sum([asset.volume_24h for asset in active]),
        oldest_price_at=min(moments, default=None),
        newest_price_at=max(moments, default=None),
    )


def _average(values: Sequence[Decimal]) -> Average:
    if not values:
        return Average(None, None, 0)
    return Average(mean(values).quantize(QUANTUM), median(values).quantize(QUANTUM), len(values))


def _sum(values: Sequence[Decimal | None]) -> Sum:
    known = [value for value in values if value is not None]
    return Sum(sum(known, Decimal(0)) if known else None, len(known))
