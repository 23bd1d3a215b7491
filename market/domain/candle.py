"""Candles: open, high, low and close of a span of time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from core import clock
from market.domain.tick import Tick


@dataclass(frozen=True, slots=True)
class Interval:
    """A length of candles, and how long they are kept (None: always)."""

    name: str
    seconds: int
    kept: timedelta | None

    def opened_at(self, at: datetime) -> datetime:
        """When the candle that holds this time opened; spans are counted from 1970 in UTC, so days are UTC days."""
        return datetime.fromtimestamp(clock.to_seconds(at) // self.seconds * self.seconds, UTC)


INTERVALS = {
    interval.name: interval
    for interval in (
        Interval("1m", 60, timedelta(days=7)),
        Interval("5m", 300, timedelta(days=30)),
        Interval("15m", 900, timedelta(days=30)),
        Interval("1h", 3_600, timedelta(days=90)),
        Interval("1d", 86_400, None),
    )
}


@dataclass(frozen=True, slots=True)
class Candle:
    """The prices of one asset within one interval from `opened_at`.

    `volume` is the sum of what was traded, in units of the asset, None where the feed has no volumes.
    """

    asset_id: str
    interval: str
    opened_at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    source: str
    volume: Decimal | None = None

    def joined(self, later: Candle | Tick) -> Candle:
        """This candle with a later tick, or a later and shorter candle, folded in; both lie in its span."""
        volumes = [volume for volume in (self.volume, later.volume) if volume is not None]
        return replace(
            self,
            high=max(self.high, later.high),
            low=min(self.low, later.low),
            close=later.close,
            source=later.source,
            volume=sum(volumes, Decimal(0)) if volumes else None,
        )


def opened_by(first: Candle | Tick, interval: Interval) -> Candle:
    """The candle of this interval that a tick, or a shorter candle, begins."""
    at = first.at if isinstance(first, Tick) else first.opened_at
    return Candle(
        first.asset_id,
        interval.name,
        interval.opened_at(at),
        first.open,
        first.high,
        first.low,
        first.close,
        first.source,
        first.volume,
    )


def folded(parts: list[Candle], interval: Interval) -> list[Candle]:
    """Candles of a longer interval from shorter ones, which are in the order of time."""
    candles: list[Candle] = []
    for part in parts:
        candle = opened_by(part, interval)
        if candles and candles[-1].opened_at == candle.opened_at:
            candles[-1] = candles[-1].joined(part)
        else:
            candles.append(candle)
    return candles
