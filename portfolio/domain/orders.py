"""Market orders: what may be filled now, and what a repeated request must agree with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from core.errors import Refused
from core.replay import check_same
from portfolio.domain.holdings import Holding
from portfolio.domain.quoted import Quoted
from portfolio.domain.sizing import Fill, Side, Size, checked_bounds, fill_at


@dataclass(frozen=True, slots=True)
class OrderRules:
    """Limits of one order. `least` and `most` bound its amount; the fee is in hundredths of a percent of it."""

    least: Decimal
    most: Decimal
    fee_basis_points: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one account. `price_at` is the time of the price by the feed's clock, the others are wall time."""

    username: str
    order_id: str
    asset_id: str
    symbol: str
    sized_by: Literal["quantity", "amount"]
    fill: Fill
    price_at: datetime
    price_source: str
    created_at: datetime
    updated_at: datetime
    type: Literal["market"] = "market"
    status: Literal["filled"] = "filled"

    @property
    def side(self) -> Side:
        return self.fill.side

    @property
    def filled_quantity(self) -> Decimal:
        """All of it: a market order is filled whole or not at all."""
        return self.fill.quantity

    def check_same(self, *, side: Side, asset_id: str, size: Size) -> None:
        """Raises Refused `idempotency_mismatch`, naming the field, when a repeated request asks for something else."""
        mine = self.fill.quantity if self.sized_by == "quantity" else self.fill.amount
        check_same(
            side=(side, self.side),
            asset_id=(asset_id, self.asset_id),
            **{size.by: ((size.by, size.value), (self.sized_by, mine))},
        )


def check_may_trade(asset: Quoted, side: Side, now: datetime) -> None:
    """Raises Refused `asset_inactive` (what is held of it can still be sold) or `price_stale`."""
    if side == "buy" and not asset.active:
        raise Refused("asset_inactive", f"{asset.name} can no longer be bought. What you hold can be sold.")
    if asset.price is not None and not asset.is_priced(now):
        minutes = int(asset.age(now).total_seconds() // 60)
        raise Refused(
            "price_stale",
            f"The last price of {asset.name} is {minutes} minutes old, too old for an order. "
            "Try again when there is a new one.",
        )


def price_of(asset: Quoted) -> tuple[Decimal, datetime]:
    """The latest price and its time. Raises Refused `price_stale` where there is none."""
    if asset.price is None or asset.price_at is None:
        raise Refused("price_stale", f"There is no price of {asset.name} yet. Try again when the feed has one.")
    return asset.price, asset.price_at


def fill_of(asset: Quoted, holding: Holding, side: Side, size: Size, rules: OrderRules, now: datetime) -> Fill:
    """The fill of a market order at the latest price.

    Raises Refused: price_stale, asset_inactive, order_too_small, order_too_large.
    """
    price, _ = price_of(asset)
    check_may_trade(asset, side, now)
    fill = fill_at(side, size, price, rules.fee_basis_points)
    sells_all = side == "sell" and fill.quantity == holding.available
    return checked_bounds(fill, least=rules.least, most=rules.most, sells_all=sells_all)
