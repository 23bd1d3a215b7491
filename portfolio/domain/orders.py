"""Orders: what a client may ask for, what may be filled now, and what a repeated request must agree with."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from core.errors import InvalidInput, Refused
from core.money import ZERO
from core.replay import check_same
from portfolio.domain.fills import Fill, Side, Size, checked_bounds, fill_at
from portfolio.domain.holdings import Holding
from portfolio.domain.input_errors import Errors, asset_id_errors, side_errors, size_errors
from portfolio.domain.quoted import Quote, Quoted
from portfolio.domain.trades import Trade

MARKET_TYPE = "market"
"""The type of an order that names none."""
UNKNOWN_TYPE = "Unknown order type. Use market, or leave it out."


@dataclass(frozen=True, slots=True)
class OrderRules:
    """Limits of one order. `least` and `most` bound its amount; the fee is in hundredths of a percent of it."""

    least: Decimal
    most: Decimal
    fee_basis_points: Decimal


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """What a client asks for. Exactly one of quantity and amount (money, without the fee) is given."""

    side: Side
    asset_id: str
    quantity: Decimal | None = None
    amount: Decimal | None = None
    type: str = MARKET_TYPE

    @property
    def size(self) -> Size:
        """How much, of a draft that was checked."""
        if self.quantity is not None:
            return Size("quantity", self.quantity)
        assert self.amount is not None
        return Size("amount", self.amount)

    def check(self, *, types: Container[str]) -> None:
        """Raises InvalidInput with all that is wrong, by field. `types` are the names of those that are known."""
        if errors := dict(self._errors(types)):
            raise InvalidInput(errors)

    def _errors(self, types: Container[str]) -> Errors:
        yield from side_errors(self.side)
        yield from asset_id_errors(self.asset_id)
        yield from size_errors(self.quantity, self.amount)
        if self.type not in types:
            yield "type", [UNKNOWN_TYPE]


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one account.

    symbol: of its asset when it was placed. held: the money (buying) or the units (selling) that it holds while it is
    open. fill and quote: how it was filled, and the price that was the reason; None while it is open. The two times
    are wall time.
    """

    username: str
    order_id: str
    draft: OrderDraft
    symbol: str
    status: Literal["open", "filled"]
    held: Decimal
    fill: Fill | None
    quote: Quote | None
    created_at: datetime
    updated_at: datetime

    @property
    def side(self) -> Side:
        return self.draft.side

    @property
    def asset_id(self) -> str:
        return self.draft.asset_id

    @property
    def type(self) -> str:
        return self.draft.type

    @property
    def filled_quantity(self) -> Decimal:
        return self.fill.quantity if self.fill else ZERO

    def check_same(self, draft: OrderDraft) -> None:
        """Raises Refused `idempotency_mismatch`, naming the field, when a repeated request asks for something else."""
        size, mine = draft.size, self.draft.size
        check_same(
            side=(draft.side, self.side),
            type=(draft.type, self.type),
            asset_id=(draft.asset_id, self.asset_id),
            **{size.by: (size, mine)},
        )


def filled_order(draft: OrderDraft, quote: Quote, trade: Trade) -> Order:
    """The order that this trade filled, at this price, when it was placed; they have one id."""
    return Order(
        username=trade.username,
        order_id=trade.trade_id,
        draft=draft,
        symbol=trade.symbol,
        status="filled",
        held=ZERO,
        fill=trade.fill,
        quote=quote,
        created_at=trade.created_at,
        updated_at=trade.created_at,
    )


def check_may_trade(asset: Quoted, side: Side, now: datetime) -> None:
    """Raises Refused `asset_inactive` (what is held of it can still be sold) or `price_stale`."""
    if side == "buy" and not asset.active:
        raise Refused("asset_inactive", f"{asset.name} cannot be bought any more. You can sell what you hold.")
    if asset.price is not None and not asset.is_priced(now):
        minutes = int(asset.age(now).total_seconds() // 60)
        raise Refused(
            "price_stale",
            f"The last price of {asset.name} is {minutes} minutes old, too old for an order. "
            "Try again when there is a new one.",
        )


def fill_of(
    draft: OrderDraft, price: Decimal, asset: Quoted, holding: Holding, rules: OrderRules, now: datetime
) -> Fill:
    """The fill of an order at this price.

    Raises Refused: price_stale, asset_inactive, order_too_small, order_too_large.
    """
    check_may_trade(asset, draft.side, now)
    fill = fill_at(draft.side, draft.size, price, rules.fee_basis_points)
    sells_all = draft.side == "sell" and fill.quantity == holding.available
    return checked_bounds(fill, least=rules.least, most=rules.most, sells_all=sells_all)
