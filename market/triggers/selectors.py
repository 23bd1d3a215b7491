"""Reads of the trigger engine: its rows, and which assets wait to be looked at."""

from collections.abc import Sequence
from contextlib import suppress

from core.reading import many
from market import selectors
from market.domain import Asset
from market.triggers.repository import series_address, series_from_item
from market.triggers.series import SeriesRow


def series_by_asset(asset_ids: Sequence[str]) -> dict[str, SeriesRow]:
    """Rows by asset; one request for each 100 of them. A row that cannot be understood is left out."""
    rows: dict[str, SeriesRow] = {}
    items = many([series_address(asset_id) for asset_id in asset_ids], consistent=False)
    for asset_id, item in zip(asset_ids, items, strict=True):
        with suppress(KeyError, TypeError, ValueError, ArithmeticError):
            rows[asset_id] = series_from_item(asset_id, item)
    return rows


def assets_due() -> list[str]:
    """Ids of listed assets with ticks that no look has taken in, as after a lost nudge, or moves to look at again.

    2 requests for 100 assets. One whose row cannot be understood is due: the look at it says so.
    """
    assets = selectors.assets_listed()
    rows = series_by_asset([asset.asset_id for asset in assets])
    return [asset.asset_id for asset in assets if _is_due(asset, rows.get(asset.asset_id))]


def _is_due(asset: Asset, row: SeriesRow | None) -> bool:
    if row is None or row.is_behind(asset.price_at):
        return True
    return bool(row.moves) and any(count > 0 for count in row.counts.values())
