"""The past of assets, which live feeds give only when asked."""

import logging
from collections import Counter
from datetime import timedelta

from django.core.cache import cache

from core import clock
from core.retry import LostRace, optimistic
from core.storage import journey
from market.domain import Asset, Candle, Recording, with_past
from market.feeds import FeedFailed, configured_feed
from market.selectors import assets_by_id, assets_listed, candles_between
from market.services.batches import candles_write, recordings_write

log = logging.getLogger(__name__)

ENOUGH_DAYS = 30
"""An asset with that many daily closes has a past. A younger coin is asked for again now and then, in vain."""
ASKED_AGAIN_AFTER = 3_600
FAILED_ASKED_AGAIN_AFTER = 60


def history_fetch() -> str | None:
    """Fetch the past of one asset that has a price of a live feed but no past; its id, None where no asset lacks it.

    One asset at a time, since feeds allow few calls: charts fill within minutes of the first start. Safe to repeat
    after a kill at any point: candles that are there stay, the asset's row is written last. 1 request where there is
    nothing to do, else one more for each interval, the candles in batches, and the row.
    """
    feed = configured_feed()
    with journey("history_fetch"):
        for asset in assets_listed():
            if asset.price is None or len(asset.daily_closes) >= ENOUGH_DAYS or not feed.is_live(asset.asset_id):
                continue
            if not cache.add(_key(asset), 1, ASKED_AGAIN_AFTER):
                continue
            try:
                candles = feed.history(asset, clock.now())
            except FeedFailed as error:
                cache.set(_key(asset), 1, FAILED_ASKED_AGAIN_AFTER)
                log.info("no price history", extra={"asset_id": asset.asset_id, "reason": str(error)})
                return None
            _put_before(asset.asset_id, candles)
            return asset.asset_id
    return None


def _put_before(asset_id: str, candles: list[Candle]) -> None:
    """Write a past, candles first, the row last; candles that are there already stay as they are."""

    def write() -> None:
        asset = assets_by_id([asset_id], consistent=True).get(asset_id)
        if asset is None:
            return
        after, closed = with_past(asset, candles)
        if after == asset:
            return
        candles_write(_missing(asset_id, closed), now=clock.now())
        if recordings_write([(asset, Recording(after, (), (), Counter(), 0))]):
            raise LostRace

    optimistic(write)


def _missing(asset_id: str, closed: list[Candle]) -> list[Candle]:
    missing: list[Candle] = []
    for interval in dict.fromkeys(candle.interval for candle in closed):
        of_interval = [candle for candle in closed if candle.interval == interval]
        start, end = of_interval[0].opened_at, of_interval[-1].opened_at + timedelta(seconds=1)
        there = {candle.opened_at for candle in candles_between(asset_id, interval, start, end)}
        missing += [candle for candle in of_interval if candle.opened_at not in there]
    return missing


def _key(asset: Asset) -> str:
    return f"feed:history:{asset.asset_id}"
