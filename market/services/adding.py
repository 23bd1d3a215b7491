"""Adding assets."""

from collections.abc import Sequence
from contextlib import suppress

from core.storage import ConditionFailed, store
from market.domain import Asset
from market.repositories.assets import asset_put
from market.selectors import assets_by_id


def assets_add(assets: Sequence[Asset], *, is_listed: bool = True) -> None:
    """Make the rows of up to 100 assets that have none; those that have one stay as they are. Safe to repeat.

    One that is not listed is found by its id alone: for a demonstration beside the market. 1 request, and one for each
    that is made.
    """
    there = assets_by_id(asset.asset_id for asset in assets)
    for asset in assets:
        if asset.asset_id not in there:
            with suppress(ConditionFailed):
                store().write(asset_put(asset, is_listed=is_listed))
