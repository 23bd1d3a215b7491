"""Rows of the Candles table: closed candles."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core import clock
from core.reading import Rows, every, rows_of
from core.storage import ConditionBase, Item, Key, KeyCondition, Put, Query, store
from market.domain import INTERVALS, Candle
from market.repositories.batches import put_all
from market.tables import CANDLES


def put_many(candles: Iterable[Candle], *, now: datetime) -> None:
    """Write whole candles, 25 in a request; each is kept as long from now as its interval says."""
    put_all(Put(CANDLES, _to_item(candle, now)) for candle in candles)


def between(asset_id: str, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Closed candles that opened at `start` or later and before `end`, oldest first."""
    if clock.to_seconds(end) <= clock.to_seconds(start):
        return []
    return [from_item(item) for item in every(Query(CANDLES, _within(asset_id, interval, start, end)))]


def page_between(
    asset_id: str, interval: str, start: datetime, end: datetime, *, limit: int, cursor: Key | None
) -> Rows[Candle]:
    """One page of the same."""
    if clock.to_seconds(end) <= clock.to_seconds(start):
        return Rows(())
    query = Query(CANDLES, _within(asset_id, interval, start, end), limit=limit, cursor=cursor)
    return rows_of(store().query(query), from_item)


def cursor_after(candle: Candle) -> Key:
    """The cursor of what follows this candle in its series."""
    return {
        "series": _series(candle.asset_id, candle.interval),
        "opened_at": clock.to_seconds(candle.opened_at),
    }


def from_item(item: Item) -> Candle:
    """The candle that a row holds."""
    asset_id, _, interval = item["series"].partition("#")
    return Candle(
        asset_id=asset_id,
        interval=interval,
        opened_at=clock.from_milliseconds(int(item["opened_at"]) * 1_000),
        open=item["open"],
        high=item["high"],
        low=item["low"],
        close=item["close"],
        source=item["source"],
        volume=item.get("volume"),
    )


def _within(asset_id: str, interval: str, start: datetime, end: datetime) -> ConditionBase:
    first, last = clock.to_seconds(start), clock.to_seconds(end) - 1
    return KeyCondition("series").eq(_series(asset_id, interval)) & KeyCondition("opened_at").between(first, last)


def _series(asset_id: str, interval: str) -> str:
    return f"{asset_id}#{interval}"


def candle_fields(candle: Candle) -> Item:
    """A candle's own attributes, in a row of the table or inside the row of its asset."""
    fields: Item = {
        "opened_at": clock.to_seconds(candle.opened_at),
        "open": candle.open,
        "high": candle.high,
        "low": candle.low,
        "close": candle.close,
        "source": candle.source,
    }
    if candle.volume is not None:
        fields["volume"] = candle.volume
    return fields


def _to_item(candle: Candle, now: datetime) -> Item:
    item = {"series": _series(candle.asset_id, candle.interval), **candle_fields(candle)}
    kept = INTERVALS[candle.interval].kept
    if kept is not None:
        item["ttl"] = clock.to_seconds(now + kept)
    return item
