"""Rows of the RealtimeTicks table."""

from datetime import datetime, timedelta
from decimal import Decimal

from core import clock
from core.storage.operations import Item, KeyCondition, Put, Query
from market.domain import Tick
from market.tables import REALTIME_TICKS

KEPT = timedelta(hours=24)


def tick_put(tick: Tick, received_at: datetime) -> Put:
    """Write a tick; it expires 24 hours of wall time after it came."""
    return Put(REALTIME_TICKS, {**tick_item(tick), "ttl": clock.to_seconds(received_at + KEPT)})


def ticks_query(asset_id: str, *, after_ms: int, until_ms: int | None = None, limit: int | None = None) -> Query | None:
    """Ticks of an asset with `after_ms` < timestamp <= `until_ms`, oldest first; None for no time at all."""
    if until_ms is not None and until_ms <= after_ms:
        return None
    timestamp = KeyCondition("timestamp")
    span = timestamp.gt(after_ms) if until_ms is None else timestamp.between(after_ms + 1, until_ms)
    where = KeyCondition("symbol").eq(asset_id) & span
    return Query(REALTIME_TICKS, where, limit=limit, consistent=True)


def latest_query(asset_id: str) -> Query:
    """The latest tick of an asset, of the last 24 hours."""
    return Query(REALTIME_TICKS, KeyCondition("symbol").eq(asset_id), limit=1, descending=True, consistent=True)


def tick_item(tick: Tick) -> Item:
    """The row of a tick, without its time to live; open, high and low are left out where all are the price."""
    item: Item = {
        "symbol": tick.asset_id,
        "timestamp": tick.timestamp,
        "price": tick.close,
        "source": tick.source,
    }
    if set(tick.prices) != {tick.close} or tick.bar_seconds:
        item |= {"open": tick.open, "high": tick.high, "low": tick.low}
    if tick.bar_seconds:
        item["bar_seconds"] = tick.bar_seconds
    if tick.volume is not None:
        item["volume"] = tick.volume
    return item


def tick_from_item(item: Item) -> Tick:
    """The tick that a row holds."""
    price: Decimal = item["price"]
    return Tick(
        asset_id=item["symbol"],
        at=clock.from_milliseconds(int(item["timestamp"])),
        open=item.get("open", price),
        high=item.get("high", price),
        low=item.get("low", price),
        close=price,
        source=item["source"],
        volume=item.get("volume"),
        bar_seconds=int(item.get("bar_seconds", 0)),
    )
