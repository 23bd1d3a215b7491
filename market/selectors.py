"""Reads of the market, for its own pages and for other apps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from core.errors import NotFound
from core.storage import Get, Item
from market.domain import Asset, Candle, Tick
from market.repositories import assets as asset_rows
from market.repositories import candles as candle_rows
from market.repositories import ticks as tick_rows

ZERO = Decimal(0)


def asset_get(asset_id: str) -> Asset:
    """One asset; one request. Raises NotFound."""
    asset = asset_rows.get(asset_id)
    if asset is None:
        raise NotFound("This asset")
    return asset


def assets_by_id(asset_ids: Iterable[str]) -> dict[str, Asset]:
    """Those of up to 100 assets that exist, by id; one request, none for no ids."""
    return {asset.asset_id: asset for asset in asset_rows.get_many(list(asset_ids))}


def assets_listed() -> list[Asset]:
    """Every asset, inactive ones too, in the order of rank; one request. May lag behind by a moment."""
    return asset_rows.listed()


def assets_get_operation(asset_id: str) -> Get:
    """The address of an asset's row, for a batch that reads other rows with it; see `asset_from_item`."""
    return asset_rows.get_operation(asset_id)


def asset_from_item(item: Item) -> Asset:
    """The asset in a row that `assets_get_operation` addressed."""
    return asset_rows.from_item(item)


def movers(assets: Sequence[Asset], count: int) -> tuple[list[Asset], list[Asset]]:
    """The assets that gained most and those that lost most in 24 hours, at most `count` of each, furthest first."""
    moved = [asset for asset in assets if asset.active and asset.change_24h]
    moved.sort(key=lambda asset: asset.change_24h or ZERO, reverse=True)
    gainers = [asset for asset in moved if (asset.change_24h or ZERO) > 0]
    losers = [asset for asset in reversed(moved) if (asset.change_24h or ZERO) < 0]
    return gainers[:count], losers[:count]


def candles_between(asset_id: str, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Closed candles that opened at `start` or later and before `end`, oldest first; one request.

    `interval` is a name of `INTERVALS`. The candle that still runs is not among them; see `candles_of`.
    """
    return candle_rows.between(asset_id, interval, start, end)


def candles_of(asset: Asset, interval: str, start: datetime, end: datetime) -> list[Candle]:
    """Candles as `candles_between` gives them, with the running one, which is on the asset's row, at the end."""
    closed = candles_between(asset.asset_id, interval, start, end)
    running = asset.memory.running.get(interval)
    if running is None or not start <= running.opened_at < end:
        return closed
    return [*closed, running]


def ticks_between(asset_id: str, after_ms: int, until_ms: int | None = None, limit: int | None = None) -> list[Tick]:
    """Ticks of an asset after one millisecond and up to another, oldest first, at most `limit`.

    One consistent request on the base table, more only where they do not fit in one answer.
    """
    return tick_rows.between(asset_id, after_ms=after_ms, until_ms=until_ms, limit=limit)
