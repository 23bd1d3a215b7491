"""How much a trade comes to: by quantity or by amount of money, with each rounding named."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from core import money
from core.errors import InvalidInput, Refused

Side = Literal["buy", "sell"]
SIDES: tuple[Side, ...] = ("buy", "sell")

MOST_MONEY = Decimal("1e12")
"""No single amount may be larger; keeps every sum far within the 28 digits of Decimal arithmetic."""

BASIS_POINT = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Size:
    """What was asked for: a quantity of the asset, or an amount of money."""

    by: Literal["quantity", "amount"]
    value: Decimal


@dataclass(frozen=True, slots=True)
class Fill:
    """A trade as carried out: `amount` is quantity times price to the cent, `fee` is not in it."""

    side: Side
    quantity: Decimal
    price: Decimal
    amount: Decimal
    fee: Decimal

    @property
    def total(self) -> Decimal:
        """What a buyer pays or a seller receives, fee included."""
        return self.amount + self.fee if self.side == "buy" else self.amount - self.fee


def fill_at(side: Side, size: Size, price: Decimal, fee_basis_points: Decimal) -> Fill:
    """The trade of this size at this price.

    By quantity, a buyer's amount rounds half up to the cent and a seller's rounds down. By amount, it is exactly that
    amount, and the quantity is cut to 8 places (it may come to 0). The fee rounds half up to the cent.
    """
    if size.by == "quantity":
        quantity, amount = size.value, amount_of(side, size.value, price)
    else:
        quantity, amount = money.down_to_quantum(size.value / price), size.value
    return Fill(side, quantity, price, amount, money.to_cents(amount * fee_basis_points * BASIS_POINT))


def amount_of(side: Side, quantity: Decimal, price: Decimal) -> Decimal:
    """Quantity times price in cents: half up for a buyer, down for a seller.

    Raises InvalidInput when it comes to more than 1e12.
    """
    exact = quantity * price
    if exact > MOST_MONEY:
        raise InvalidInput({"quantity": [f"This comes to more than {MOST_MONEY:,.0f}. Enter a smaller quantity."]})
    return money.to_cents(exact) if side == "buy" else money.down_to_cents(exact)


def checked_bounds(fill: Fill, *, least: Decimal, most: Decimal, sells_all: bool) -> Fill:
    """The fill itself. Raises Refused `order_too_small` or `order_too_large`.

    Selling all that one holds may fall short of the least order, so that no remainder is stuck.
    """
    nothing = fill.quantity == 0 or fill.amount == 0
    if nothing or (fill.amount < least and not sells_all):
        raise Refused("order_too_small", f"The smallest order is {least.quantize(money.CENT)}. Order more.")
    if fill.amount > most:
        raise Refused("order_too_large", f"The largest order is {most.quantize(money.CENT)}. Order less, or in parts.")
    return fill


def share_of(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percent with two decimals, half up; None where the whole is not above zero."""
    if whole <= 0:
        return None
    return (part * 100 / whole).quantize(money.CENT, ROUND_HALF_UP)
