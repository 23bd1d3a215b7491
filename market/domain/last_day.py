"""High, low and change of the last 24 hours, from one summary per hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from market.domain.candle import INTERVALS, Candle
from market.domain.tick import Tick

DAY = timedelta(hours=24)
OLDEST_REFERENCE = timedelta(days=4)
HOUR = INTERVALS["1h"]
PERCENT_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour's high, low and last price."""

    opened_at: datetime
    high: Decimal
    low: Decimal
    close: Decimal

    @classmethod
    def of(cls, candle: Candle) -> Hour:
        """The hour of a candle of 1h."""
        return cls(candle.opened_at, candle.high, candle.low, candle.close)


@dataclass(frozen=True, slots=True)
class LastDay:
    """The hours of the last day, oldest first, and one before them to measure the change from."""

    hours: tuple[Hour, ...] = ()

    @classmethod
    def until(cls, at: datetime, hours: list[Hour]) -> LastDay:
        """Of these hours, oldest first, those of the day that ends then, and one before."""
        past = [hour for hour in hours if hour.opened_at <= at - DAY]
        return cls(tuple(past[-1:] + hours[len(past) :]))

    def after(self, tick: Tick) -> LastDay:
        """With the tick folded in, and without the hours that it makes too old."""
        opened_at = HOUR.opened_at(tick.at)
        hours = list(self.hours)
        if hours and hours[-1].opened_at == opened_at:
            last = hours.pop()
            hours.append(Hour(opened_at, max(last.high, tick.high), min(last.low, tick.low), tick.close))
        else:
            hours.append(Hour(opened_at, tick.high, tick.low, tick.close))
        return LastDay.until(tick.at, hours)

    def high(self, at: datetime) -> Decimal | None:
        """The highest price of the last 24 hours, to the hour; None when there was none."""
        return max((hour.high for hour in self._within(at)), default=None)

    def low(self, at: datetime) -> Decimal | None:
        """The lowest price of the last 24 hours, to the hour; None when there was none."""
        return min((hour.low for hour in self._within(at)), default=None)

    def change(self, at: datetime) -> Decimal | None:
        """Percent from the price 24 hours ago, to the hour.

        Where a market was closed then, from the last price before, if that is within four days; else None.
        """
        references = [hour for hour in self.hours if at - OLDEST_REFERENCE <= hour.opened_at <= at - DAY]
        if not references:
            return None
        reference = references[-1].close
        return ((self.hours[-1].close / reference - 1) * 100).quantize(PERCENT_PLACES)

    def _within(self, at: datetime) -> list[Hour]:
        return [hour for hour in self.hours if hour.opened_at > at - DAY]
