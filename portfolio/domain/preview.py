"""What an order would do if it were placed now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.errors import Refused
from portfolio.domain.cash import Balance
from portfolio.domain.holdings import Gain, Holding
from portfolio.domain.orders import OrderRules, fill_of, price_of
from portfolio.domain.quoted import Quoted
from portfolio.domain.sizing import Fill, Side, Size, fill_at


@dataclass(frozen=True, slots=True)
class Preview:
    """An order at the price of this moment.

    refusal: why it would be refused, None if it would not. gain: of a sale, by average cost. average_cost: of one unit
    of what is held, for a purchase after it; None where there is nothing.
    """

    asset: Quoted
    fill: Fill
    price_at: datetime
    price_age: timedelta
    cash_after: Decimal
    quantity_after: Decimal
    average_cost: Decimal | None
    gain: Gain | None
    refusal: Refused | None


def previewed(
    asset: Quoted, balance: Balance, holding: Holding, side: Side, size: Size, rules: OrderRules, now: datetime
) -> Preview:
    """What the order would come to. Raises Refused `price_stale` where there is no price to reckon with."""
    price, price_at = price_of(asset)
    fill = fill_at(side, size, price, rules.fee_basis_points)
    refusal: Refused | None = None
    try:
        fill_of(asset, holding, side, size, rules, now)
        if side == "buy":
            balance.check_covers(fill.total)
        else:
            holding.check_covers(fill.quantity, asset.symbol)
    except Refused as error:
        refusal = error
    buying = side == "buy"
    pool = holding.pool.bought(fill.quantity, fill.total) if buying else holding.pool
    return Preview(
        asset=asset,
        fill=fill,
        price_at=price_at,
        price_age=asset.age(now),
        cash_after=balance.available + (-fill.total if buying else fill.total),
        quantity_after=holding.quantity + (fill.quantity if buying else -fill.quantity),
        average_cost=pool.average_cost,
        gain=None if buying or fill.quantity > holding.quantity else Gain(fill.total, pool.cost_of(fill.quantity)),
        refusal=refusal,
    )
