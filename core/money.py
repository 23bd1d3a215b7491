"""Money, prices and quantities: Decimal throughout, each rounding named.

A float is never taken: it does not hold 0.1.
"""

import re
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, InvalidOperation

CENT = Decimal("0.01")
QUANTUM = Decimal("0.00000001")
ZERO = Decimal(0)
LARGEST = Decimal("1e15")
"""Above any sum the product is for; a hostile form cannot make sums of more than 38 digits."""
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency, by which it is shown; `currency` is a code of `core.currencies`."""

    value: Decimal
    currency: str


def parse(text: str | int | Decimal) -> Decimal:
    """The number in a text, exactly: the digits 0 to 9, a point and an exponent, without separators.

    Raises ValueError for a float, text that is no such number, or a size beyond 1e15.
    """
    if isinstance(text, float):
        raise ValueError("a float is not exact; give text")
    if not isinstance(text, (int, Decimal)) and not (isinstance(text, str) and _NUMBER.fullmatch(text.strip())):
        raise ValueError("not a number")
    try:
        value = Decimal(text.strip() if isinstance(text, str) else text)
    except InvalidOperation as error:
        raise ValueError("not a number") from error
    if not value.is_finite():
        raise ValueError("not a finite number")
    if value.copy_abs() > LARGEST:  # abs() computes, and overflows where the exponent is large
        raise ValueError("a number this large is not accepted")
    return value


def parse_whole(text: str) -> int:
    """The whole number in a text of at most 30 digits. Raises ValueError."""
    if not _WHOLE.fullmatch(text.strip()):
        raise ValueError("not a whole number")
    return int(text)


def places(value: Decimal) -> int:
    """How many decimal places the value needs: 2 for 1.50 written as 1.5 is 1; 100 needs 0."""
    digits = len(value.as_tuple().digits)
    every_digit = Context(prec=digits, Emin=MIN_EMIN, Emax=MAX_EMAX)  # also beyond the 28th, and however far down
    exponent = value.normalize(every_digit).as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def to_cents(value: Decimal) -> Decimal:
    """Rounded to the cent, half up: what a buyer by quantity pays."""
    return value.quantize(CENT, ROUND_HALF_UP)


def down_to_cents(value: Decimal) -> Decimal:
    """Cut to the cent: what a seller receives."""
    return value.quantize(CENT, ROUND_DOWN)


def down_to_quantum(value: Decimal) -> Decimal:
    """Cut to 8 places: the quantity that a sum of money buys."""
    return value.quantize(QUANTUM, ROUND_DOWN)


def plain(value: Decimal) -> str:
    """Text without exponent or superfluous zeros: `0.5`, `100`, `0.00000001`."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text
