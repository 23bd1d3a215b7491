"""Rows of the RealtimeTicks table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from core import clock
from core.reading import Rows, every, rows_of
from core.storage import ConditionBase, Item, Key, KeyCondition, Put, Query, store
from market.domain import Tick
from market.repositories.batches import put_all, put_in_order
from market.tables import REALTIME_TICKS

KEPT = timedelta(hours=24)


def put_many(ticks: Sequence[Tick], *, received_at: datetime) -> None:
    """Write ticks, those of each asset in the order of time; they expire 24 hours of wall time after they came.

    One tick of each asset goes 25 in a request, several 10 in a request: the trigger engine never looks back, so it
    must not see a tick of an asset before the ones in front of it.
    """
    ttl = clock.to_seconds(received_at + KEPT)
    puts = [Put(REALTIME_TICKS, {**to_item(tick), "ttl": ttl}) for tick in ticks]
    if len({tick.asset_id for tick in ticks}) == len(ticks):
        put_all(puts)
    else:
        put_in_order(puts)


def between(asset_id: str, *, after_ms: int, until_ms: int | None = None, limit: int | None = None) -> list[Tick]:
    """Ticks of an asset with `after_ms` < timestamp <= `until_ms`, oldest first, at most `limit`; read consistently."""
    if until_ms is not None and until_ms <= after_ms:
        return []
    query = Query(REALTIME_TICKS, _within(asset_id, after_ms, until_ms), limit=limit, consistent=True)
    return [from_item(item) for item in every(query)]


def latest(asset_id: str) -> Tick | None:
    """The latest tick of an asset, of the last 24 hours; one request, read consistently."""
    where = KeyCondition("symbol").eq(asset_id)
    page = store().query(Query(REALTIME_TICKS, where, limit=1, descending=True, consistent=True))
    return from_item(page.items[0]) if page.items else None


def page_between(asset_id: str, *, after_ms: int, until_ms: int | None, limit: int, cursor: Key | None) -> Rows[Tick]:
    """One page of the same."""
    if until_ms is not None and until_ms <= after_ms:
        return Rows(())
    query = Query(REALTIME_TICKS, _within(asset_id, after_ms, until_ms), limit=limit, cursor=cursor, consistent=True)
    return rows_of(store().query(query), from_item)


def _within(asset_id: str, after_ms: int, until_ms: int | None) -> ConditionBase:
    timestamp = KeyCondition("timestamp")
    span = timestamp.gt(after_ms) if until_ms is None else timestamp.between(after_ms + 1, until_ms)
    return KeyCondition("symbol").eq(asset_id) & span


def to_item(tick: Tick) -> Item:
    """The row of a tick, without its time to live; what equals the price of a moment is left out."""
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


def from_item(item: Item) -> Tick:
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
