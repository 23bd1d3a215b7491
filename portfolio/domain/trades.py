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
from portfolio.domain.input_checks import (
    check_all,
    check_asset_id,
    check_money,
    check_price,
    check_quantity,
    check_side,
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
        check_all(
            lambda: _check_time(self.timestamp, now),
            lambda: check_side(self.side),
            lambda: check_asset_id(self.asset_id),
            lambda: check_quantity(self.quantity),
            lambda: check_price(self.price),
            lambda: check_money(self.fee, "fee", zero_allowed=True),
            lambda: _check_settlement(self.settlement),
        )
        fill = self.fill
        if fill.amount == 0:
            raise InvalidInput({"quantity": ["This comes to less than 0.01. Enter a larger quantity."]})
        if self.side == "sell" and self.fee > fill.amount:
            raise InvalidInput({"fee": ["The fee is more than the sale brought. Check both."]})


def _check_settlement(settlement: str) -> None:
    if settlement not in SETTLEMENTS:
        raise InvalidInput({"settlement": ["Choose account or outside."]})


def _check_time(timestamp: datetime, now: datetime) -> None:
    if timestamp.tzinfo is None:
        raise InvalidInput({"timestamp": ["Enter a time with its zone."]})
    if timestamp > now:
        raise InvalidInput({"timestamp": ["This time is in the future. Enter a past time."]})
    if timestamp < clock.EPOCH:
        raise InvalidInput({"timestamp": ["Enter a time after 1 January 1970."]})
