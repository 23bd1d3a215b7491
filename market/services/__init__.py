"""Writes of the market."""

from market.services.assets import asset_add, asset_change, assets_add
from market.services.history import history_fetch
from market.services.polls import prices_poll
from market.services.recording import Recorded, ticks_record
from market.services.seed import market_prepare
from market.services.stars import star_remove, star_set

__all__ = [
    "Recorded",
    "asset_add",
    "asset_change",
    "assets_add",
    "history_fetch",
    "market_prepare",
    "prices_poll",
    "star_remove",
    "star_set",
    "ticks_record",
]
