"""What alerts must do, written down without the engine: every alert compared with every price, one after the other.

No levels, no index, no quanta: comparisons with the user's own threshold only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from alerts.domain.conditions import PriceCondition
from alerts.domain.terms import Terms
from market.domain import Tick

MINUTE = timedelta(minutes=1)


class Fired(NamedTuple):
    """One firing: when, at which price, and `fired`, `cooldown` or `expired`."""

    at: datetime
    price: Decimal
    outcome: str


@dataclass
class Minute:
    """The prices of one minute so far."""

    begins: datetime
    open: Decimal
    high: Decimal
    low: Decimal


@dataclass
class Judge:
    """One alert, walked through all prices."""

    terms: Terms
    expires_at: datetime | None
    state: str = "off"
    fired: list[Fired] = field(default_factory=list)
    last_fired: datetime | None = None

    def begin(self, terms: Terms, expires_at: datetime | None, prices: Prices, *, fire_if_true: bool) -> None:
        """Set, changed or resumed now."""
        self.terms, self.expires_at = terms, expires_at
        assert prices.close is not None
        assert prices.at is not None
        price = prices.close
        if self.by_minutes and prices.closed is not None:
            price = getattr(prices.closed, self.price_type)
        self.state = "armed"
        if self.holds(price):
            if fire_if_true:
                self.fire(prices.at, price, prices.close)
            else:
                self.state = "armed" if self.may_rearm(prices.close) else "waiting"

    @property
    def price_type(self) -> str:
        assert isinstance(self.terms.condition, PriceCondition)
        return self.terms.condition.price_type

    @property
    def by_minutes(self) -> bool:
        up = ">" in self.terms.condition.operator
        return self.price_type not in ("close", "high" if up else "low")

    def holds(self, price: Decimal) -> bool:
        threshold = self.terms.condition.threshold
        return {
            ">": price > threshold,
            ">=": price >= threshold,
            "<": price < threshold,
            "<=": price <= threshold,
        }[self.terms.condition.operator]

    def may_rearm(self, close: Decimal) -> bool:
        threshold, hysteresis = self.terms.condition.threshold, self.terms.hysteresis
        if ">" in self.terms.condition.operator:
            return not self.holds(close) and close <= threshold - hysteresis
        return not self.holds(close) and close >= threshold + hysteresis

    def minute_closed(self, before: Minute, minute: Minute, end: datetime, close: Decimal) -> None:
        """A minute is over."""
        if self.state == "armed" and self.by_minutes:
            name = self.price_type
            if not self.holds(getattr(before, name)) and self.holds(getattr(minute, name)):
                self.fire(end, getattr(minute, name), close)

    def price_came(self, before: Decimal, tick: Tick) -> None:
        """A tick."""
        if self.state == "waiting":
            if self.may_rearm(tick.close):
                self.state = "armed"
        elif self.state == "armed" and not self.by_minutes:
            price = getattr(tick, self.price_type)
            if not self.holds(before) and self.holds(price):
                self.fire(tick.at, price, tick.close)

    def fire(self, at: datetime, price: Decimal, close: Decimal) -> None:
        """It fires, or would."""
        once = self.terms.frequency == "once"
        self.state = "off" if once else "armed" if self.may_rearm(close) else "waiting"
        if self.expires_at is not None and at >= self.expires_at:
            self.fired.append(Fired(at, price, "expired"))
            self.state = "off"
        elif not once and self.last_fired is not None and at < self.last_fired + self.terms.cooldown:
            self.fired.append(Fired(at, price, "cooldown"))
        else:
            self.fired.append(Fired(at, price, "fired"))
            self.last_fired = at


@dataclass
class Prices:
    """The market as the judges see it."""

    judges: dict[str, Judge] = field(default_factory=dict)
    at: datetime | None = None
    close: Decimal | None = None
    running: Minute | None = None
    closed: Minute | None = None

    def take(self, tick: Tick) -> None:
        """The next tick."""
        minute = tick.at.replace(second=0, microsecond=0)
        if self.running is not None and self.running.begins < minute:
            self.end_minute()
        if self.close is not None:
            for judge in self.judges.values():
                judge.price_came(self.close, tick)
        if self.running is None:
            self.running = Minute(minute, tick.open, tick.high, tick.low)
        self.running.high = max(self.running.high, tick.high)
        self.running.low = min(self.running.low, tick.low)
        self.at, self.close = tick.at, tick.close
        if tick.at + timedelta(seconds=tick.bar_seconds) >= minute + MINUTE:
            self.end_minute()

    def end_minute(self) -> None:
        """The running minute is over."""
        assert self.running is not None
        assert self.close is not None
        if self.closed is not None:
            for judge in self.judges.values():
                judge.minute_closed(self.closed, self.running, self.running.begins + MINUTE, self.close)
        self.closed, self.running = self.running, None
