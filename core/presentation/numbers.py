"""Numbers as people read them: grouped thousands, a true minus sign, no float anywhere."""

from decimal import ROUND_HALF_UP, Decimal

from core.currencies import CURRENCIES
from core.money import CENT, QUANTUM, Money, places

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
SMALL_PRICE_DIGITS = 4
"""Significant digits of a price below one: 0.00001234 must not be shown as 0.00."""


def grouped(value: Decimal, step: Decimal) -> str:
    """The value rounded half up to `step`, thousands grouped: `1,234.50`, `−0.07`; never a signed zero."""
    rounded = value.quantize(step, ROUND_HALF_UP)
    text = f"{abs(rounded):,f}"
    return MINUS + text if rounded < 0 else text


def money(value: Decimal) -> str:
    """An amount with two decimals: `1,234.50`."""
    return grouped(value, CENT)


def amount(of: Money) -> str:
    """An amount with its currency: `1,234.50 EUR`."""
    return with_code(money(of.value), of.currency)


def with_sign(of: Money) -> str:
    """An amount behind the sign of its currency: `€1,234.50`, `−€0.07`."""
    text = money(of.value)
    minus = MINUS if text.startswith(MINUS) else ""
    return minus + CURRENCIES[of.currency].sign + text.removeprefix(MINUS)


def with_code(text: str, currency: str) -> str:
    """A figure with the code of its currency: `84,000.00 EUR`."""
    return f"{text} {CURRENCIES[currency]}"


def price(value: Decimal) -> str:
    """A price: two decimals from one upward, four significant digits below one."""
    if abs(value) >= 1 or value == 0:
        return grouped(value, CENT)
    return grouped(value, Decimal(1).scaleb(value.adjusted() - SMALL_PRICE_DIGITS + 1))


def exact(value: Decimal) -> str:
    """A price that a person entered, with all its places: 0.12345678 must not be shown as 0.1235."""
    return grouped(value, CENT) if places(value) <= 2 else f"{value.normalize():,f}"


def quantity(value: Decimal) -> str:
    """A quantity with up to eight decimals and no trailing zeros: `0.5`, `1,200`, `0.00000001`."""
    text = grouped(value, QUANTUM)
    return text.rstrip("0").rstrip(".")


def percent(value: Decimal, places: int = 2) -> str:
    """A figure that already counts in percent: 1.5 is `1.50 %`."""
    return grouped(value, Decimal(1).scaleb(-places)) + NO_BREAK_SPACE + "%"


def signed(text: str, value: Decimal) -> str:
    """The text of a gain with a plus sign in front; losses carry their minus already, zeros no sign."""
    return f"+{text}" if value > 0 and any(digit in "123456789" for digit in text) else text
