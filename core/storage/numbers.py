"""Numbers as the store keeps them: up to 38 digits, one text for one value, bytes in the order of the values."""

from decimal import Context, Decimal, Inexact, Overflow
from decimal import InvalidOperation as NotANumber

from core.storage.errors import InvalidOperation

DIGITS = 38
LEAST_EXPONENT = -130
GREATEST_EXPONENT = 125
SURELY_IN_RANGE = 10**DIGITS
_EXACT = Context(prec=DIGITS, traps=[Inexact, Overflow, NotANumber])
_NEGATIVE, _ZERO, _POSITIVE = b"\x00", b"\x01", b"\x02"


def canonical(value: Decimal | int) -> str:
    """The one text of a number: 1.0, 1.00 and 1 are all `1`.

    Raises InvalidOperation for NaN, infinity, more than 38 digits, or a size outside 1E-130 to 9.99E+125.
    """
    if type(value) is int and -SURELY_IN_RANGE < value < SURELY_IN_RANGE:
        return str(value)
    number = value if type(value) is Decimal else Decimal(value)
    if not number.is_finite():
        raise InvalidOperation(f"{number} is not a number that the store can hold")
    if not number:
        return "0"
    if -DIGITS < number.adjusted() < DIGITS and len(text := f"{number:f}") <= DIGITS:
        return text.rstrip("0").rstrip(".") if "." in text else text
    sign, digits, _ = number.as_tuple()
    text = "".join(map(str, digits)).strip("0")
    if len(text) > DIGITS:
        raise InvalidOperation(f"a number of {len(text)} digits; the store holds {DIGITS}: round it first")
    if not LEAST_EXPONENT <= number.adjusted() <= GREATEST_EXPONENT:
        raise InvalidOperation(f"{number:E} is outside of what the store holds (1E-130 to 9.99E+125)")
    return _plain(sign, text, number.adjusted())


def _plain(sign: int, digits: str, exponent: int) -> str:
    """Digits without zeros at their ends, the first of which is at 10**exponent, written without an E."""
    point = exponent + 1
    if point >= len(digits):
        text = digits + "0" * (point - len(digits))
    elif point > 0:
        text = f"{digits[:point]}.{digits[point:]}"
    else:
        text = f"0.{'0' * -point}{digits}"
    return f"-{text}" if sign else text


def added(left: str, right: str) -> str:
    """The sum of two canonical texts. Raises InvalidOperation where it needs more than 38 digits."""
    try:
        return canonical(_EXACT.add(Decimal(left), Decimal(right)))
    except (Inexact, Overflow) as error:
        raise InvalidOperation(f"the sum of {left} and {right} needs more than {DIGITS} digits") from error


def ordered_bytes(text: str) -> bytes:
    """Bytes of a canonical text that compare as the numbers do.

    Sign, then the power of ten of the first digit, then the digits; for negative numbers all of it inverted, with an
    end mark above every digit, so that -1.2 comes before -1.
    """
    number = Decimal(text)
    if not number:
        return _ZERO
    digits = text.lstrip("-").replace(".", "").strip("0").encode()
    magnitude = bytes([number.adjusted() - LEAST_EXPONENT]) + digits
    if number > 0:
        return _POSITIVE + magnitude
    return _NEGATIVE + bytes(255 - byte for byte in magnitude) + b"\xff"
