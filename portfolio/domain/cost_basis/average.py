"""Average cost: all units are alike and cost the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from core import money
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class AveragePool:
    """Units held and what they cost together, fees inside.

    Costs are kept to 8 decimals, so that a sale leaves the average cost of the rest as it was. Selling the last unit
    takes whatever cost is left: nothing stays behind.
    """

    method: ClassVar[str] = "average"
    label: ClassVar[str] = "Average cost"

    quantity: Decimal = ZERO
    cost: Decimal = ZERO

    def bought(self, quantity: Decimal, cost: Decimal) -> AveragePool:
        """The pool with these units added at this cost."""
        return AveragePool(self.quantity + quantity, self.cost + cost)

    def cost_of(self, quantity: Decimal) -> Decimal:
        """What that many units of the pool cost: their share of it, to 8 decimals; all of it for all units.

        Raises ValueError for more units than there are.
        """
        if quantity > self.quantity:
            raise ValueError("more units than the pool holds")
        if quantity == self.quantity:
            return self.cost
        return (self.cost * quantity / self.quantity).quantize(money.QUANTUM, ROUND_HALF_UP)

    def sold(self, quantity: Decimal) -> AveragePool:
        """The pool without that many units and their cost. Raises ValueError for more units than there are."""
        cost = self.cost_of(quantity)
        return AveragePool(self.quantity - quantity, self.cost - cost)
