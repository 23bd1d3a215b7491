"""Stars: the assets on a user's watchlist."""

from core import clock
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.storage import store
from market.repositories.assets import may_be_id
from market.repositories.watchlist import star_delete, star_put
from market.selectors import asset_get


def star_set(username: str, asset_id: str) -> None:
    """Put an asset on the user's watchlist, where it may be already.

    Raises NotFound for an unknown asset, and where the account is closed.
    """
    asset_get(asset_id)
    commit([star_put(username, asset_id, clock.now()), open_check(username)])


def star_remove(username: str, asset_id: str) -> None:
    """Take an asset off the user's watchlist, where it need not be."""
    if may_be_id(asset_id):
        store().write(star_delete(username, asset_id))
