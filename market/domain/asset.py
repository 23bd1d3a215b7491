"""What is traded, with its latest price and what is kept of the prices before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from market.domain.candle import Candle
from market.domain.last_day import LastDay
from market.domain.quarantine import Quarantine

AssetKind = Literal["crypto", "equity"]
OLDEST_TRADED = timedelta(minutes=10)
STALE_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class PriceMemory:
    """What folding the next tick needs to know of those before.

    `seen_at` is the time of the newest tick, accepted or not; `running` holds the candle of each interval that has not
    closed yet; `refused` counts ticks refused, by reason.
    """

    seen_at: datetime | None = None
    quarantine: Quarantine = field(default_factory=Quarantine)
    last_day: LastDay = field(default_factory=LastDay)
    running: Mapping[str, Candle] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asset:
    """A coin or a share, known by its CoinGecko id or its ticker symbol.

    Prices are in the base currency. `price_at` is event time, `received_at` wall time; `clock_offset_ms` is wall
    minus event time at receipt: 0 where the feed is live, large where it replays history. `change_24h` is in
    percent. `daily_closes` are the last closes of up to 90 UTC days, the running one included, oldest first.
    """

    asset_id: str
    symbol: str
    name: str
    kind: AssetKind = "crypto"
    rank: int = 0
    active: bool = True
    price: Decimal | None = None
    price_at: datetime | None = None
    received_at: datetime | None = None
    source: str = ""
    clock_offset_ms: int = 0
    change_24h: Decimal | None = None
    high_24h: Decimal | None = None
    low_24h: Decimal | None = None
    market_cap: Decimal | None = None
    volume_24h: Decimal | None = None
    daily_closes: tuple[tuple[date, Decimal], ...] = ()
    memory: PriceMemory = field(default_factory=PriceMemory)
    stale_after: timedelta = STALE_AFTER

    @property
    def edition(self) -> str:
        """What the staff can edit, as one text: a version that differs after each edit."""
        return json.dumps([self.symbol, self.name, self.kind, self.rank])

    def market_now(self, now: datetime) -> datetime:
        """The time on the clock of the feed that prices this asset, at this wall time."""
        return now - timedelta(milliseconds=self.clock_offset_ms)

    def age(self, now: datetime) -> timedelta:
        """How old the price is on the feed's clock at this wall time; `timedelta.max` where there is none."""
        if self.price_at is None:
            return timedelta.max
        return max(self.market_now(now) - self.price_at, timedelta(0))

    def age_seconds(self, now: datetime) -> int | None:
        """The age in whole seconds; None where there is no price."""
        return None if self.price_at is None else self.age(now) // timedelta(seconds=1)

    def is_stale(self, now: datetime) -> bool:
        """Whether the price is missing or too old to be shown without a mark."""
        return self.age(now) > self.stale_after

    def is_priced(self, now: datetime) -> bool:
        """Whether an order may be filled at the price: it is there and at most 10 minutes old."""
        return self.price is not None and self.age(now) <= OLDEST_TRADED
