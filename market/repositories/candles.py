"""Rows of the Candles table: closed candles."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from core import clock
from core.storage.operations import Item, Key, KeyCondition, Put, Query
from market.domain import INTERVALS, Candle
from market.tables import CANDLES


def candle_put(candle: Candle, now: datetime) -> Put:
    """Write a whole candle; it is kept as long from now as its interval says."""
    item = {"series": _series(candle.asset_id, candle.interval), **candle_fields(candle)}
    kept = INTERVALS[candle.interval].kept
    if kept is not None:
        item["ttl"] = clock.to_seconds(now + kept)
    return Put(CANDLES, item)


def candles_query(asset_id: str, interval: str, start: datetime, end: datetime) -> Query | None:
    """Closed candles that opened at `start` or later and before `end`, oldest first; None for no time at all."""
    first, last = clock.to_seconds(start), clock.to_seconds(end) - 1
    if last < first:
        return None
    where = KeyCondition("series").eq(_series(asset_id, interval)) & KeyCondition("opened_at").between(first, last)
    return Query(CANDLES, where)


def cursor_after(candle: Candle) -> Key:
    """The cursor of what follows this candle in its series."""
    return {
        "series": _series(candle.asset_id, candle.interval),
        "opened_at": clock.to_seconds(candle.opened_at),
    }


def candle_from_item(item: Item) -> Candle:
    """The candle that a row holds."""
    asset_id, _, interval = item["series"].partition("#")
    return candle_of(asset_id, interval, item)


def candle_of(asset_id: str, interval: str, fields: Mapping[str, Any]) -> Candle:
    """The candle of these attributes, see `candle_fields`."""
    return Candle(
        asset_id=asset_id,
        interval=interval,
        opened_at=clock.from_milliseconds(int(fields["opened_at"]) * 1_000),
        open=fields["open"],
        high=fields["high"],
        low=fields["low"],
        close=fields["close"],
        source=fields["source"],
        volume=fields.get("volume"),
    )


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


def _series(asset_id: str, interval: str) -> str:
    return f"{asset_id}#{interval}"
