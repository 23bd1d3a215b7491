"""Units and prices as text."""

from decimal import Decimal

CENT = Decimal("0.01")


def units(number: Decimal) -> str:
    """Without zeros at the end of a fraction, and with commas between thousands."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(amount: Decimal | int) -> str:
    """A price to the cent."""
    return f"{Decimal(amount).quantize(CENT):,}"
