"""How kg of CO2e are written."""

from __future__ import annotations

from decimal import Decimal

from core.money import CENT
from core.presentation import numbers


def kg(value: Decimal) -> str:
    """Kilograms to two decimals: `1,234.50`; less than a hundredth keeps four digits that count, never a false 0.00."""
    return numbers.price(value) if 0 < abs(value) < CENT else numbers.grouped(value, CENT)


def kg_exact(value: Decimal) -> str:
    """Kilograms with every decimal that is kept, at least none: `16.152`, `99.48`, `1,200`."""
    return numbers.quantity(value)


def amount(value: Decimal) -> str:
    """How much of something was done, with every decimal that was given: `100`, `0.25`."""
    return numbers.quantity(value)


def factor_figure(value: Decimal) -> str:
    """kg of one unit as published: `0.16152`, `22,310`."""
    return numbers.quantity(value)
