"""Rules of the market: assets, ticks, candles, and which prices to believe. Pure: no store, no settings."""

from market.domain.asset import STALE_AFTER, Asset, AssetKind, PriceMemory
from market.domain.candle import INTERVALS, Candle, Interval, folded
from market.domain.last_day import Hour, LastDay
from market.domain.listing import DEFAULT_SORT, SORTS, in_order, matching, movers, oldest_price_at
from market.domain.past import with_past
from market.domain.quarantine import Quarantine
from market.domain.recording import Recording, closes_with, recorded
from market.domain.statistics import statistics_of
from market.domain.tick import REPLAY, SIMULATED, Tick, is_made_up

__all__ = [
    "DEFAULT_SORT",
    "INTERVALS",
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
    "PriceMemory",
    "Quarantine",
    "Recording",
    "Tick",
    "closes_with",
    "folded",
    "in_order",
    "is_made_up",
    "matching",
    "movers",
    "oldest_price_at",
    "recorded",
    "statistics_of",
    "with_past",
]
