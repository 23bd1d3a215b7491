"""Which assets wait to be looked at: what a lost nudge leaves behind."""

from core import clock
from market import selectors
from market.domain import Asset
from market.triggers import series as series_rows
from market.triggers.series import SeriesRow


def assets_due() -> list[str]:
    """Ids of listed assets with ticks that were not taken in, or moves to look at again; 2 requests for 100 assets.

    One whose row cannot be understood is due: the look at it says so.
    """
    assets = selectors.assets_listed()
    rows = series_rows.get_many([asset.asset_id for asset in assets])
    return [asset.asset_id for asset in assets if _is_due(asset, rows.get(asset.asset_id))]


def _is_due(asset: Asset, row: SeriesRow | None) -> bool:
    if row is None:
        return True
    if asset.price_at is not None and clock.to_milliseconds(asset.price_at) > row.last_seen.at:
        return True
    return bool(row.moves) and any(count > 0 for count in row.counts.values())
