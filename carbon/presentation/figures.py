"""How kg of CO2e are written."""

from __future__ import annotations

from decimal import Decimal

from core.money import CENT
from core.presentation import numbers

GRAM = Decimal("0.001")


def kg(value: Decimal) -> str:
    """Kilograms to two decimals: `1,234.50`; less than a hundredth keeps four digits that count, never a false 0.00."""
    return numbers.price(value) if 0 < abs(value) < CENT else numbers.grouped(value, CENT)


def kg_exact(value: Decimal) -> str:
    """Kilograms with every decimal that is kept, at least none: `16.152`, `99.48`, `1,200`."""
    return numbers.quantity(value)
