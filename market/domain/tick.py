"""One price at one time, from a feed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from core import clock
from core.money import QUANTUM, places

REPLAY = "replay:"
SIMULATED = "simulated"


def is_made_up(source: str) -> bool:
    """Whether prices of this source are simulated or replayed, not those of a real market now."""
    return source == SIMULATED or source.startswith(REPLAY)


@dataclass(frozen=True, slots=True)
class Tick:
    """A price of an asset, or a bar of several.

    `at` is event time: when the price was true, not when it came. `bar_seconds` is the length of a recorded bar, whose
    `at` is the time it opened. It is 0 for the price of a moment, whose `at` is when its close was true: its open, high
    and low are equal to it, or what was traded on the way from the tick before.
    `volume` is what was traded since the tick before, in units of the asset; None where the feed has no volumes.
    `market_cap` and `volume_24h` are in the currency of the price; `change_24h`, in percent, is the feed's own.
    `source` is the feed's name: `simulated`, `replay:<file>` or that of a live feed.
    """

    asset_id: str
    at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    source: str
    volume: Decimal | None = None
    bar_seconds: int = 0
    market_cap: Decimal | None = None
    volume_24h: Decimal | None = None
    change_24h: Decimal | None = None

    @classmethod
    def lone(
        cls,
        asset_id: str,
        at: datetime,
        price: Decimal,
        source: str,
        *,
        market_cap: Decimal | None = None,
        volume_24h: Decimal | None = None,
        change_24h: Decimal | None = None,
        bar_seconds: int = 0,
    ) -> Tick:
        """A single price, which is open, high, low and close."""
        prices = (price, price, price, price)
        return cls(asset_id, at, *prices, source, None, bar_seconds, market_cap, volume_24h, change_24h)

    @property
    def price(self) -> Decimal:
        """The price after this tick: its close."""
        return self.close

    @property
    def timestamp(self) -> int:
        """`at` in whole milliseconds since 1970: the tick's place in time among those of its asset."""
        return clock.to_milliseconds(self.at)

    @property
    def replayed(self) -> bool:
        """Whether this comes from recorded history, whose clock is not the one on the wall."""
        return self.source.startswith(REPLAY)

    @property
    def prices(self) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        """Open, high, low and close."""
        return self.open, self.high, self.low, self.close

    def rounded(self) -> Tick:
        """The same tick with prices of 8 decimal places, the quantum of every series of prices."""
        return replace(
            self,
            open=_rounded(self.open),
            high=_rounded(self.high),
            low=_rounded(self.low),
            close=_rounded(self.close),
        )


def _rounded(price: Decimal) -> Decimal:
    if not price.is_finite() or places(price) <= places(QUANTUM):
        return price
    return price.quantize(QUANTUM)
