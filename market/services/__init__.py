"""Writes of the market."""

from market.services.adding import assets_add
from market.services.administering import asset_add, asset_change
from market.services.fetching import history_fetch
from market.services.polling import prices_poll
from market.services.preparing import market_prepare
from market.services.recording import Recorded, ticks_record
from market.services.watching import asset_unwatch, asset_watch

__all__ = [
    "Recorded",
    "asset_add",
    "asset_change",
    "asset_unwatch",
    "asset_watch",
    "assets_add",
    "history_fetch",
    "market_prepare",
    "prices_poll",
    "ticks_record",
]
