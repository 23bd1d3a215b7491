"""Stars on assets."""

from __future__ import annotations

from market.repositories import assets as asset_rows
from market.repositories import watchlist
from market.selectors import asset_get


def asset_watch(username: str, asset_id: str) -> None:
    """Put an asset on the user's watchlist; it may be there already. Raises NotFound for an unknown asset
    and where the account is closed.
    """
    asset_get(asset_id)
    watchlist.add(username, asset_id)


def asset_unwatch(username: str, asset_id: str) -> None:
    """Take an asset off the user's watchlist, whether or not it is there."""
    if asset_rows.may_be_id(asset_id):
        watchlist.remove(username, asset_id)
