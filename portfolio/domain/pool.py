"""The average-cost pool of one asset: all units are alike and cost the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from core import money
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Pool:
    """Units held and what they cost together, fees inside.

    Costs are kept to 8 decimals, so that a sale leaves the average cost of the rest as it was. Selling the last unit
    takes whatever cost is left: nothing stays behind.
    """

    quantity: Decimal = ZERO
    cost: Decimal = ZERO

    @property
    def average_cost(self) -> Decimal | None:
        """Cost of one unit to 8 decimals, half up; None for an empty pool."""
        if self.quantity == 0:
            return None
        return (self.cost / self.quantity).quantize(money.QUANTUM, ROUND_HALF_UP)

    def bought(self, quantity: Decimal, cost: Decimal) -> Pool:
        """The pool with these units added at this cost."""
        return Pool(self.quantity + quantity, self.cost + cost)

    def cost_of(self, quantity: Decimal) -> Decimal:
        """What so many units of the pool cost: their share of it, to 8 decimals; all of it for all units.

        Raises ValueError for more units than there are.
        """
        if quantity > self.quantity:
            raise ValueError("more units than the pool holds")
        if quantity == self.quantity:
            return self.cost
        return (self.cost * quantity / self.quantity).quantize(money.QUANTUM, ROUND_HALF_UP)

    def sold(self, quantity: Decimal) -> Pool:
        """The pool without so many units and their cost. Raises ValueError for more units than there are."""
        cost = self.cost_of(quantity)
        return Pool(self.quantity - quantity, self.cost - cost)
