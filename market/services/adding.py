"""Adding assets."""

from __future__ import annotations

from market.domain import Asset
from market.repositories import assets as asset_rows


def asset_add_unlisted(asset: Asset) -> None:
    """Make the row of an asset that stands in no list, for a demonstration beside the market. Safe to repeat."""
    asset_rows.add([asset], is_listed=False)
