"""Executed trades, and what a user enters of one made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Literal

from core import clock, ids
from core.errors import InvalidInput
from core.money import ZERO
from portfolio.domain.fills import Fill, Side, amount_of
from portfolio.domain.input_errors import (
    Errors,
    asset_id_errors,
    fee_errors,
    price_errors,
    quantity_errors,
    side_errors,
)

Settlement = Literal["outside", "account"]
SETTLEMENTS: tuple[Settlement, ...] = ("outside", "account")
"""Where the money of a trade came from or went to: the account's own cash, or outside the account."""


@dataclass(frozen=True, slots=True)
class Trade:
    """One executed trade: the fill of an order, or a past trade recorded by hand (then without order_id)."""

    username: str
    trade_id: str
    at: datetime
    asset_id: str
    symbol: str
    fill: Fill
    order_id: str | None
    settlement: Settlement
    created_at: datetime
    status: str = "COMPLETED"

    @property
    def timestamp(self) -> str:
        """`<t>#<trade_id>`: its place in time order."""
        return ids.time_key(self.at, self.trade_id)

    @property
    def draft(self) -> TradeDraft:
        """What its user says of it, of a past trade."""
        fill = self.fill
        return TradeDraft(self.at, fill.side, self.asset_id, fill.quantity, fill.price, fill.fee, self.settlement)


@dataclass(frozen=True, slots=True)
class TradeDraft:
    """What a user enters of a trade made elsewhere. `price` is of one unit; the fee is not in quantity times price.

    settlement `outside` leaves the cash as it is: the money came from outside the account, or went there, and a
    SYSTEM_ADJUSTMENT beside the payment says so; net deposits change by it. `account` pays from the cash that is
    available now, or into it.
    """

    timestamp: datetime
    side: Side
    asset_id: str
    quantity: Decimal
    price: Decimal
    fee: Decimal = ZERO
    settlement: Settlement = "outside"

    @property
    def fill(self) -> Fill:
        """What it came to. Raises InvalidInput when that is more than 1e12."""
        amount = amount_of(self.side, self.quantity, self.price)
        return Fill(self.side, self.quantity, self.price, amount, self.fee)

    def normal(self) -> TradeDraft:
        """The draft in the form that is stored: its time as exact as the store keeps it."""
        return replace(self, timestamp=clock.whole_milliseconds(self.timestamp))

    def check(self, *, now: datetime) -> None:
        """Raises InvalidInput with all that is wrong, by field."""
        if errors := dict(self._errors(now)):
            raise InvalidInput(errors)
        fill = self.fill
        if fill.amount == 0:
            raise InvalidInput({"quantity": ["This comes to less than 0.01. Enter a larger quantity."]})
        if self.side == "sell" and self.fee > fill.amount:
            raise InvalidInput({"fee": ["The fee is more than the sale brought. Check both."]})

    def _errors(self, now: datetime) -> Errors:
        if self.timestamp.tzinfo is None:
            yield "timestamp", ["Enter a time with its zone."]
        elif self.timestamp > now:
            yield "timestamp", ["This time is in the future. Enter a past time."]
        elif self.timestamp < clock.EPOCH:
            yield "timestamp", ["Enter a time after 1 January 1970."]
        yield from side_errors(self.side)
        yield from asset_id_errors(self.asset_id)
        yield from quantity_errors(self.quantity)
        yield from price_errors(self.price)
        yield from fee_errors(self.fee)
        if self.settlement not in SETTLEMENTS:
            yield "settlement", ["Choose account or outside."]
