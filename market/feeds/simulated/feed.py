"""A simulated market: the same prices for the same seed and time on every machine."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from core import clock
from market.catalogue import BY_ID, Listing
from market.domain import INTERVALS, SIMULATED, Asset, Candle, Interval, Tick, folded, is_made_up
from market.feeds.simulated.noise import wander

SHARE_OF_MARKET = {"crypto": 0.6, "equity": 0.4}
"""How much of an asset's movement is that of the whole market."""


@dataclass(frozen=True, slots=True)
class SimulatedFeed:
    """Prices of the catalogue as a pure function of seed and time, so that a restart makes no jump."""

    seed: str = "cryptopulse"
    name: str = SIMULATED

    def covers(self, asset_id: str) -> bool:
        """Whether the catalogue says how the asset moves."""
        return asset_id in BY_ID

    def ticks(self, assets: Sequence[Asset], now: datetime) -> list[Tick]:
        """The price of each asset at this time."""
        at = clock.from_milliseconds(clock.to_milliseconds(now))
        return [self._tick(BY_ID[asset.asset_id], at) for asset in assets]

    def history(self, asset: Asset, now: datetime) -> list[Candle]:
        """90 days of 1d, 7 days of 1h, a day of 5m and 15m, an hour of 1m, the last of each running.

        Longer candles are folded from shorter ones where both exist, so that they agree.
        """
        listing = BY_ID[asset.asset_id]
        days, hours, fives = _start(now, 90, "1d"), _start(now, 7, "1d"), _start(now, 1, "1h")
        minutes = INTERVALS["1h"].opened_at(now - timedelta(hours=1))
        one_minute = list(self._candles(listing, "1m", minutes, now, step=20))
        five = [
            *self._candles(listing, "5m", fives, minutes, step=100),
            *folded(one_minute, INTERVALS["5m"]),
        ]
        hourly = [*self._candles(listing, "1h", hours, fives, step=600), *folded(five, INTERVALS["1h"])]
        daily = [*self._candles(listing, "1d", days, hours, step=7_200), *folded(hourly, INTERVALS["1d"])]
        return [*daily, *hourly, *folded(five, INTERVALS["15m"]), *five, *one_minute]

    def conflict(self, asset: Asset) -> str | None:
        """Refuses a store with real prices: simulated ones must not follow them unseen."""
        if not asset.source or is_made_up(asset.source):
            return None
        return (
            f"MARKET_FEED names {self.name}, but the store has real prices of {asset.name} from {asset.source}. "
            "Use another store for the simulated market: set DATASTORE_URL."
        )

    def _tick(self, listing: Listing, at: datetime) -> Tick:
        price = _as_price(listing, self._height(listing, clock.to_milliseconds(at) / 1_000))
        return Tick.lone(
            listing.asset_id, at, price, self.name, market_cap=(price * listing.supply).quantize(Decimal(1))
        )

    def _height(self, listing: Listing, seconds: float) -> float:
        of_market = SHARE_OF_MARKET[listing.kind]
        market = _of_the_market(f"{self.seed}/market/{listing.kind}", seconds)
        own = wander(f"{self.seed}/{listing.asset_id}", seconds)
        return of_market * market + math.sqrt(1 - of_market**2) * own

    def _candles(
        self, listing: Listing, interval_name: str, start: datetime, end: datetime, *, step: int
    ) -> Iterator[Candle]:
        """Candles from `start`, an opening time, until `end`, each from a sample every `step` seconds."""
        interval: Interval = INTERVALS[interval_name]
        until = clock.to_seconds(end)
        for opened in range(clock.to_seconds(start), until, interval.seconds):
            samples = range(opened, min(opened + interval.seconds, until), step)
            heights = [self._height(listing, seconds) for seconds in samples]
            yield Candle(
                listing.asset_id,
                interval_name,
                clock.from_milliseconds(opened * 1_000),
                _as_price(listing, heights[0]),
                _as_price(listing, max(heights)),
                _as_price(listing, min(heights)),
                _as_price(listing, heights[-1]),
                self.name,
            )


@lru_cache(maxsize=10_000)
def _of_the_market(seed: str, seconds: float) -> float:
    """Cached because all assets ask for the same times."""
    return wander(seed, seconds)


def _start(now: datetime, days: int, interval: str) -> datetime:
    return INTERVALS[interval].opened_at(now - timedelta(days=days))


def _as_price(listing: Listing, height: float) -> Decimal:
    price = listing.start_price * Decimal(str(math.exp(listing.daily_volatility * height)))
    if listing.kind == "equity" or price >= 1_000:
        return price.quantize(Decimal("0.01"))
    return price.quantize(Decimal("0.0001") if price >= 1 else Decimal("0.000001"))
