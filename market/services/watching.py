"""Stars on assets."""

from core import clock
from core.accounts.repositories.users import open_check
from core.errors import NotFound
from core.storage import TransactionCancelled, store
from market.repositories import watchlist
from market.repositories.assets import may_be_id
from market.selectors import asset_get


def asset_watch(username: str, asset_id: str) -> None:
    """Put an asset on the user's watchlist; it may be there already. Raises NotFound for an unknown asset
    and where the account is closed.
    """
    asset_get(asset_id)
    star = watchlist.star_put(username, asset_id, clock.now())
    try:
        store().transact_write([star, open_check(username)])
    except TransactionCancelled as error:
        raise NotFound("An open account of this name") from error


def asset_unwatch(username: str, asset_id: str) -> None:
    """Take an asset off the user's watchlist, whether or not it is there."""
    if may_be_id(asset_id):
        store().write(watchlist.star_delete(username, asset_id))
