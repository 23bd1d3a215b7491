"""What the market needs before its first page: the assets, and prices where a feed has a past."""

import logging
from dataclasses import replace

from django.core.exceptions import ImproperlyConfigured

from core import clock
from core.storage import journey
from market import catalogue
from market.domain import INTERVALS, Asset, Candle, Hour, LastDay, closes_with, recorded
from market.feeds import Feed, FeedFailed, configured_feed
from market.selectors import assets_by_id
from market.services.assets import assets_add
from market.services.batches import candles_write, recordings_write, ticks_write

log = logging.getLogger(__name__)


def market_prepare() -> None:
    """Seed the assets and, for those without a price, the candles that their feed knows. Safe to repeat.

    Live feeds are not asked, since a start does not wait for the network; see `history_fetch`. Raises
    ImproperlyConfigured when settings.MARKET_FEED is wrong, by itself or with the prices stored.
    """
    feed = configured_feed()
    with journey("market_prepare"):
        assets_add(catalogue.assets())
        assets = assets_by_id((asset.asset_id for asset in catalogue.assets()), consistent=True).values()
        for asset in assets:
            if conflict := feed.conflict(asset):
                raise ImproperlyConfigured(conflict)
        for asset in assets:
            if asset.memory.seen_at is None and feed.covers(asset.asset_id) and not feed.is_live(asset.asset_id):
                _begin(asset, feed)


def _begin(asset: Asset, feed: Feed) -> None:
    """Write an asset's history and first price; the row last, so that a killed start begins again."""
    now = clock.now()
    try:
        history = feed.history(asset, now)
        ticks = feed.ticks([asset], now) if history else []
    except FeedFailed as error:
        log.warning("no price history", extra={"asset_id": asset.asset_id, "reason": str(error)})
        return
    if not ticks:
        return
    running = {
        candle.interval: candle for candle in history if candle.opened_at == INTERVALS[candle.interval].opened_at(now)
    }
    recording = recorded(_with_history(asset, history, running), ticks, now)
    ticks_write(recording.accepted, received_at=now)
    candles_write((candle for candle in history if running.get(candle.interval) != candle), now=now)
    recordings_write([(asset, recording)])


def _with_history(asset: Asset, history: list[Candle], running: dict[str, Candle]) -> Asset:
    closes = asset.daily_closes
    for candle in history:
        if candle.interval == "1d":
            closes = closes_with(closes, candle.opened_at.date(), candle.close)
    hours = tuple(Hour.of(candle) for candle in history if candle.interval == "1h")
    memory = replace(asset.memory, running=running, last_day=LastDay(hours))
    return replace(asset, daily_closes=closes, memory=memory)
