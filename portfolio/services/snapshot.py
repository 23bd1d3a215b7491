"""What a decision about a trade is made on, read in one request."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound
from core.storage import Get, Item, store
from market.selectors import asset_address, asset_of
from portfolio.domain.cash import Balance
from portfolio.domain.holdings import Holding, none_held
from portfolio.domain.input_errors import unknown_asset
from portfolio.domain.quoted import Quoted
from portfolio.repositories.cash import balance_address, balance_from_item
from portfolio.repositories.holdings import holding_address, holding_from_item


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The asset at its latest price (None: there is none), the cash (None: the account is closed), the holding, and
    the rows asked for besides.
    """

    listed_asset: Quoted | None
    open_balance: Balance | None
    holding: Holding
    others: tuple[Item | None, ...]

    @property
    def asset(self) -> Quoted:
        """The asset. Raises InvalidInput where there is none."""
        if self.listed_asset is None:
            raise unknown_asset()
        return self.listed_asset

    @property
    def balance(self) -> Balance:
        """The cash that a write changes. Raises NotFound where the account is closed."""
        return balance_of_open_account(self.open_balance)


def snapshot_of(username: str, asset_id: str, now: datetime, *others: Get) -> Snapshot:
    """One consistent read of all that a trade of this asset changes."""
    asset, balance, holding, *rest = store().batch_get(
        [asset_address(asset_id), balance_address(username), holding_address(username, asset_id), *others],
        consistent=True,
    )
    return Snapshot(
        listed_asset=asset_of(asset) if asset else None,
        open_balance=balance_from_item(balance) if balance else None,
        holding=holding_from_item(holding) if holding else none_held(username, asset_id, now),
        others=tuple(rest),
    )


def balance_of_open_account(balance: Balance | None) -> Balance:
    """The balance itself. Raises NotFound where there is none: every sign-up opens one, so the account was closed.

    A new one would outlive the account, and its name could not be taken again.
    """
    if balance is None:
        raise NotFound("An open account of this name")
    return balance
