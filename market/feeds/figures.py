"""Numbers in the answers of feeds: exact, and nothing else is taken for a number."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from core.money import LARGEST
from market.feeds.protocol import FeedFailed


def parsed(body: bytes | str) -> Any:
    """JSON with every number as a Decimal, NaN and infinities too. Raises FeedFailed."""
    try:
        return json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise FeedFailed("the answer is not JSON") from error


def number(value: object) -> Decimal | None:
    """A number as it came, also a negative or infinite one, which the market refuses and counts.

    None for anything else (text, true, null), and for a number that is too large.
    """
    if not isinstance(value, Decimal) or (value.is_finite() and abs(value) >= LARGEST):
        return None
    return value


def amount(value: object) -> Decimal | None:
    """A finite number, zero or above, in whole units; None for anything else."""
    found = number(value)
    return None if found is None or not found.is_finite() or found < 0 else found.quantize(Decimal(1))


def decimal(text: object) -> Decimal | None:
    """A finite number that came as text, as exchanges send them; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < LARGEST else None


def whole(value: object) -> int | None:
    """A whole number from 0 up; None for anything else."""
    found = number(value)
    if found is None or not found.is_finite() or found < 0 or found != found.to_integral_value():
        return None
    return int(found)
