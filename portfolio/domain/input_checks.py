"""Checks of what a client sends; each error names its field."""

import re
from collections.abc import Callable
from decimal import Decimal

from core import money
from core.errors import InvalidInput
from portfolio.domain.fills import MOST_MONEY, SIDES

LONGEST_DESCRIPTION = 500
MOST_DIGITS = 28
"""Arithmetic carries as many; longer numbers would be rounded unseen."""
_ASSET_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


def check_all(*checks: Callable[[], object]) -> None:
    """Make every check. Raises InvalidInput with what all of them found, by field."""
    errors: dict[str, list[str]] = {}
    for check in checks:
        try:
            check()
        except InvalidInput as error:
            errors.update(error.errors)
    if errors:
        raise InvalidInput(errors)


def check_side(side: str) -> None:
    """Raises InvalidInput for any text but `buy` and `sell`."""
    if side not in SIDES:
        raise InvalidInput({"side": ["Choose buy or sell."]})


def check_asset_id(asset_id: str) -> None:
    """Raises InvalidInput for what cannot be the id of an asset."""
    if not _ASSET_ID.fullmatch(asset_id):
        raise unknown_asset()


def unknown_asset() -> InvalidInput:
    """The error for an asset that is not there."""
    return InvalidInput({"asset_id": ["This asset was not found. Choose one under Markets."]})


def check_description(text: str) -> None:
    """Raises InvalidInput when the text is longer than 500 characters."""
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput({"description": [f"Enter at most {LONGEST_DESCRIPTION} characters."]})


def check_size(quantity: Decimal | None, amount: Decimal | None) -> None:
    """Raises InvalidInput unless exactly one of the two is given and right by itself."""
    if quantity is not None and amount is not None:
        raise InvalidInput({"amount": ["Enter a quantity or an amount, not both."]})
    if quantity is not None:
        check_quantity(quantity)
    elif amount is not None:
        check_money(amount, "amount")
    else:
        raise InvalidInput({"quantity": ["Enter a quantity or an amount."]})


def check_quantity(value: Decimal) -> None:
    """Raises InvalidInput unless the quantity is above zero, at most 1e15 and has at most 8 decimals."""
    _check_number(value, "quantity", money.LARGEST)
    if value <= 0:
        raise InvalidInput({"quantity": ["Enter a quantity above zero."]})
    _check_places(value, "quantity", 8)


def check_money(value: Decimal, field: str, *, zero_allowed: bool = False) -> None:
    """Raises InvalidInput unless the sum is above zero (or zero, where allowed), in whole cents and at most 1e12."""
    _check_number(value, field, MOST_MONEY)
    if value < 0 or (value == 0 and not zero_allowed):
        raise InvalidInput({field: [f"Enter an amount {'of zero or more' if zero_allowed else 'above zero'}."]})
    _check_places(value, field, 2)


def check_price(value: Decimal) -> None:
    """Raises InvalidInput unless the price is above zero, at most 1e12 and has at most 8 decimals."""
    _check_number(value, "price", MOST_MONEY)
    if value <= 0:
        raise InvalidInput({"price": ["Enter a price above zero."]})
    _check_places(value, "price", 8)


def _check_places(value: Decimal, field: str, most: int) -> None:
    if money.places(value) > most:
        raise InvalidInput({field: [f"Enter at most {most} decimal places."]})


def _check_number(value: Decimal, field: str, most: Decimal) -> None:
    if not value.is_finite():
        raise InvalidInput({field: ["Enter a finite number."]})
    if abs(value) > most:
        raise InvalidInput({field: ["A number this large is not accepted."]})
    if len(value.as_tuple().digits) > MOST_DIGITS:
        raise InvalidInput({field: [f"Enter at most {MOST_DIGITS} digits."]})
