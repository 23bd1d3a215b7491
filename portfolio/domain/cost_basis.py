"""Methods of cost basis: which units a sale takes, and so what it gained.

A method is known by its empty pool; the trades of one asset, in the order of time, make of it what is held. To add a
method, write its pool and put an empty one into `METHODS`: every account may then choose it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar, Protocol

from core import money
from core.money import ZERO


class Pool(Protocol):
    """Units of one asset and what they cost together, fees inside, to 8 decimals; a pool never changes.

    `method` is what clients and rows call the method, `label` what people read, like `Average cost`.
    """

    method: ClassVar[str]
    label: ClassVar[str]

    @property
    def quantity(self) -> Decimal: ...

    @property
    def cost(self) -> Decimal: ...

    def bought(self, quantity: Decimal, cost: Decimal) -> Pool:
        """The pool with these units added at this cost."""

    def cost_of(self, quantity: Decimal) -> Decimal:
        """What the units cost that a sale of this quantity takes. Raises ValueError for more than there are."""

    def sold(self, quantity: Decimal) -> Pool:
        """The pool without the units that such a sale takes. Raises ValueError for more than there are."""


@dataclass(frozen=True, slots=True)
class AveragePool:
    """All units are alike and cost the same.

    Costs are kept to 8 decimals, so that a sale leaves the average cost of the rest as it was. Selling the last unit
    takes whatever cost is left: nothing stays behind.
    """

    method: ClassVar[str] = "average"
    label: ClassVar[str] = "Average cost"

    quantity: Decimal = ZERO
    cost: Decimal = ZERO

    def bought(self, quantity: Decimal, cost: Decimal) -> AveragePool:
        return AveragePool(self.quantity + quantity, self.cost + cost)

    def cost_of(self, quantity: Decimal) -> Decimal:
        """Their share of the cost, to 8 decimals; all of it for all units."""
        if quantity > self.quantity:
            raise ValueError("more units than the pool holds")
        if quantity == self.quantity:
            return self.cost
        return (self.cost * quantity / self.quantity).quantize(money.QUANTUM, ROUND_HALF_UP)

    def sold(self, quantity: Decimal) -> AveragePool:
        return AveragePool(self.quantity - quantity, self.cost - self.cost_of(quantity))


AVERAGE: Pool = AveragePool()
"""The method by which the rows of holdings keep cost and gain; by any other they are worked out from the trades."""

METHODS: dict[str, Pool] = {AVERAGE.method: AVERAGE}
"""Every method that an account may choose, by name."""


def average_cost(pool: Pool) -> Decimal | None:
    """Cost of one unit to 8 decimals, half up; None for an empty pool."""
    return (pool.cost / pool.quantity).quantize(money.QUANTUM, ROUND_HALF_UP) if pool.quantity else None
