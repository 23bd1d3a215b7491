"""What a decision about a trade rests on, read in one request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core.storage import Get, Item, store
from market.selectors import asset_from_item, assets_get_operation
from portfolio.domain.cash import Balance, opened
from portfolio.domain.holdings import Holding, none_held
from portfolio.domain.quoted import Quoted
from portfolio.repositories.cash import balance_from_item, balance_get
from portfolio.repositories.holdings import holding_from_item, holding_get
from portfolio.services.steps import unknown_asset


@dataclass(frozen=True, slots=True)
class Situation:
    """The asset at its latest price (None: there is none), the cash, the holding, and the rows asked for besides."""

    listed_asset: Quoted | None
    balance: Balance
    holding: Holding
    others: tuple[Item | None, ...]

    @property
    def asset(self) -> Quoted:
        """The asset. Raises InvalidInput where there is none."""
        if self.listed_asset is None:
            raise unknown_asset()
        return self.listed_asset


def situation_of(username: str, asset_id: str, now: datetime, *others: Get) -> Situation:
    """One consistent read of all that a trade of this asset changes."""
    asset, balance, holding, *rest = store().batch_get(
        [assets_get_operation(asset_id), balance_get(username), holding_get(username, asset_id), *others],
        consistent=True,
    )
    return Situation(
        listed_asset=asset_from_item(asset) if asset else None,
        balance=balance_from_item(balance) if balance else opened(username, now),
        holding=holding_from_item(holding) if holding else none_held(username, asset_id, now),
        others=tuple(rest),
    )
