"""All assets with their figures, as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import clock, money
from core.downloads import csv_text, guarded
from market.domain import Asset

FIELDS = (
    "asset_id",
    "symbol",
    "name",
    "kind",
    "rank",
    "active",
    "price",
    "price_at",
    "age_seconds",
    "stale",
    "source",
    "change_24h",
    "high_24h",
    "low_24h",
    "market_cap",
    "volume_24h",
)
WORDS = frozenset({"asset_id", "symbol", "name", "source"})
"""Text that others chose."""


def asset_items(assets: Sequence[Asset], now: datetime) -> list[dict[str, Any]]:
    """Each asset as the fields of a file; numbers as exact text, unknown is None."""
    return [_item(asset, now) for asset in assets]


def assets_csv(assets: Sequence[Asset], now: datetime) -> Iterator[str]:
    """The same as lines of CSV, the first with the names; unknown is an empty cell."""
    items = asset_items(assets, now)
    return csv_text(FIELDS, ([_cell(name, item[name]) for name in FIELDS] for item in items))


def _item(asset: Asset, now: datetime) -> dict[str, Any]:
    item = {name: _plain(getattr(asset, name, None)) for name in FIELDS}
    return item | {"age_seconds": asset.age_seconds(now), "stale": asset.is_stale(now)}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return money.plain(value)
    return clock.to_text(value) if isinstance(value, datetime) else value


def _cell(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return guarded(value) if name in WORDS else str(value)
