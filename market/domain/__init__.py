"""Rules of the market: assets, ticks, candles, and which prices to believe. Pure: no store, no settings."""

from market.domain.asset import OLDEST_TRADED, STALE_AFTER, Asset, AssetKind, PriceMemory
from market.domain.candle import INTERVALS, Candle, Interval, folded, opened_by
from market.domain.last_day import Hour, LastDay
from market.domain.listing import DEFAULT_SORT, SORTS, in_order, matching, movers, oldest_price_at
from market.domain.past import with_past
from market.domain.quarantine import Quarantine
from market.domain.recording import Recording, Refusal, closes_with, recorded
from market.domain.statistics import MarketStatistics, statistics_of
from market.domain.tick import REPLAY, SIMULATED, Tick, is_made_up

__all__ = [
    "DEFAULT_SORT",
    "INTERVALS",
    "OLDEST_TRADED",
    "REPLAY",
    "SIMULATED",
    "SORTS",
    "STALE_AFTER",
    "Asset",
    "AssetKind",
    "Candle",
    "Hour",
    "Interval",
    "LastDay",
    "MarketStatistics",
    "PriceMemory",
    "Quarantine",
    "Recording",
    "Refusal",
    "Tick",
    "closes_with",
    "folded",
    "in_order",
    "is_made_up",
    "matching",
    "movers",
    "oldest_price_at",
    "opened_by",
    "recorded",
    "statistics_of",
    "with_past",
]
