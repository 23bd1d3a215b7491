"""Errors of what a client sends, by the field that they belong to; nothing is yielded for what is right."""

import re
from collections.abc import Iterator
from decimal import Decimal

from core import money
from core.errors import InvalidInput
from portfolio.domain.fills import MOST_MONEY, SIDES

LONGEST_DESCRIPTION = 500
MOST_DIGITS = 28
"""Arithmetic carries as many; longer numbers would be rounded unseen."""
_ASSET_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")

Errors = Iterator[tuple[str, list[str]]]


def side_errors(side: str) -> Errors:
    """For any text but `buy` and `sell`."""
    if side not in SIDES:
        yield "side", ["Choose buy or sell."]


def asset_id_errors(asset_id: str) -> Errors:
    """For what cannot be the id of an asset."""
    if not _ASSET_ID.fullmatch(asset_id):
        yield from unknown_asset().errors.items()


def unknown_asset() -> InvalidInput:
    """The error for an asset that is not there."""
    return InvalidInput({"asset_id": ["This asset was not found. Choose one under Markets."]})


def description_errors(text: str) -> Errors:
    """For a text longer than 500 characters."""
    if len(text) > LONGEST_DESCRIPTION:
        yield "description", [f"Enter at most {LONGEST_DESCRIPTION} characters."]


def size_errors(quantity: Decimal | None, amount: Decimal | None) -> Errors:
    """Unless exactly one of the two is given and right by itself."""
    if quantity is not None and amount is not None:
        yield "amount", ["Enter a quantity or an amount, not both."]
    elif quantity is not None:
        yield from quantity_errors(quantity)
    elif amount is not None:
        yield from money_errors(amount, "amount")
    else:
        yield "quantity", ["Enter a quantity or an amount."]


def quantity_errors(value: Decimal) -> Errors:
    """Unless the quantity is above zero, at most 1e15 and has at most 8 decimals."""
    yield from _number_errors(value, "quantity", most=money.LARGEST, places=8, too_low="Enter a quantity above zero.")


def money_errors(value: Decimal, field: str) -> Errors:
    """Unless the sum is above zero, in whole cents and at most 1e12."""
    yield from _number_errors(value, field, most=MOST_MONEY, places=2, too_low="Enter an amount above zero.")


def fee_errors(value: Decimal) -> Errors:
    """Unless the fee is zero or more, in whole cents and at most 1e12."""
    if not value.is_finite() or value != 0:
        yield from _number_errors(value, "fee", most=MOST_MONEY, places=2, too_low="Enter an amount of zero or more.")


def price_errors(value: Decimal) -> Errors:
    """Unless the price is above zero, at most 1e12 and has at most 8 decimals."""
    yield from _number_errors(value, "price", most=MOST_MONEY, places=8, too_low="Enter a price above zero.")


def _number_errors(value: Decimal, field: str, *, most: Decimal, places: int, too_low: str) -> Errors:
    if not value.is_finite():
        yield field, ["Enter a finite number."]
    elif abs(value) > most:
        yield field, ["A number this large is not accepted."]
    elif len(value.as_tuple().digits) > MOST_DIGITS:
        yield field, [f"Enter at most {MOST_DIGITS} digits."]
    elif value <= 0:
        yield field, [too_low]
    elif money.places(value) > places:
        yield field, [f"Enter at most {places} decimal places."]
