"""What an order would do if it were placed now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from core.errors import Refused
from portfolio.domain.cash import Balance
from portfolio.domain.cost_basis import Pool, average_cost
from portfolio.domain.fills import Fill, fill_at
from portfolio.domain.holdings import Gain, Holding
from portfolio.domain.orders import OrderDraft, OrderRules, fill_of
from portfolio.domain.quoted import Quote, Quoted


@dataclass(frozen=True, slots=True)
class Preview:
    """An order at the price of this moment.

    refusal: why it would be refused, None if it would not. gain: of a sale, by the method of cost basis that `method`
    names. average_cost: of one unit of what is held, for a purchase after it; None where there is nothing.
    """

    asset: Quoted
    draft: OrderDraft
    fill: Fill
    quote: Quote
    price_age: timedelta
    cash_after: Decimal
    quantity_after: Decimal
    average_cost: Decimal | None
    method: str
    gain: Gain | None
    refusal: Refused | None


def previewed(
    draft: OrderDraft,
    quote: Quote,
    asset: Quoted,
    balance: Balance,
    holding: Holding,
    pool: Pool,
    rules: OrderRules,
    now: datetime,
) -> Preview:
    """What the order would come to at this price. `pool` is the holding by the method that its gain is asked by."""
    fill = fill_at(draft.side, draft.size, quote.price, rules.fee_basis_points)
    buying = draft.side == "buy"
    refusal: Refused | None = None
    try:
        fill_of(draft, quote.price, asset, holding, rules, now)
        if buying:
            balance.check_covers(fill.total)
        else:
            holding.check_covers(fill.quantity, asset.symbol)
    except Refused as error:
        refusal = error
    held = pool.bought(fill.quantity, fill.total) if buying else pool
    return Preview(
        asset=asset,
        draft=draft,
        fill=fill,
        quote=quote,
        price_age=asset.age(now),
        cash_after=balance.available + (-fill.total if buying else fill.total),
        quantity_after=holding.quantity + (fill.quantity if buying else -fill.quantity),
        average_cost=average_cost(held),
        method=pool.method,
        gain=None if buying or fill.quantity > held.quantity else Gain(fill.total, pool.cost_of(fill.quantity)),
        refusal=refusal,
    )
