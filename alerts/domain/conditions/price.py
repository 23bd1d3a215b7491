"""`price_threshold`: one of an asset's prices compared with a price in the base currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, Self

from alerts.domain.conditions.protocol import Choice, Field, Number, number_error
from core import money
from core.currencies import BASE
from core.presentation import numbers
from market.triggers.crossing import Operator
from market.triggers.partitions import Direction


class PriceType(StrEnum):
    """Which price is compared."""

    CLOSE = "close"
    HIGH = "high"
    LOW = "low"
    OPEN = "open"


TOUCHES = {Direction.UP: PriceType.HIGH, Direction.DOWN: PriceType.LOW}
"""Prices that are compared as soon as they are reached on the way."""
OPERATORS = {
    Operator.ABOVE: "above",
    Operator.AT_OR_ABOVE: "at or above",
    Operator.BELOW: "below",
    Operator.AT_OR_BELOW: "at or below",
}
SPELLINGS = {
    "above": Operator.ABOVE,
    "below": Operator.BELOW,
    "at_or_above": Operator.AT_OR_ABOVE,
    "at_or_below": Operator.AT_OR_BELOW,
}
"""Operators as the API also takes them."""


@dataclass(frozen=True, slots=True)
class PriceCondition:
    """See `Condition`. A close or a touch is judged at every new price, any other pair when a minute is over."""

    operator: Operator
    threshold: Decimal
    price_type: PriceType = PriceType.CLOSE

    kind: ClassVar[str] = "price_threshold"
    label: ClassVar[str] = "A price"
    fields: ClassVar[tuple[Field, ...]] = (
        Choice(
            "operator",
            "Fires when it is",
            {operator.value: f"{words} ({operator.value})" for operator, words in OPERATORS.items()},
            Operator.ABOVE.value,
            spellings=tuple(SPELLINGS),
            api_help_text="`above` is `>`, `below` is `<`.",
        ),
        Number("threshold", f"Threshold in {BASE}"),
        Choice(
            "price_type",
            "Watch",
            {
                PriceType.CLOSE.value: "Price: each new price",
                PriceType.HIGH.value: "High: also a touch from below",
                PriceType.LOW.value: "Low: also a touch from above",
                PriceType.OPEN.value: "Open of each minute",
            },
            PriceType.CLOSE.value,
            is_required=False,
            help_text="High below a threshold, and low above one, are checked when the minute has ended.",
        ),
    )
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("price_type",), ("operator", "threshold"))

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        operator = values["operator"]
        return cls(SPELLINGS.get(operator) or Operator(operator), values["threshold"], PriceType(values["price_type"]))

    @property
    def values(self) -> dict[str, Any]:
        return {
            "operator": self.operator.value,
            "threshold": self.threshold,
            "price_type": self.price_type.value,
        }

    @property
    def series(self) -> str:
        return f"{self.price_type}|1m" if self._by_minutes else self.price_type.value

    @property
    def text(self) -> str:
        return f"{self._price} {OPERATORS[self.operator]} {numbers.exact(self.threshold)}"

    def text_of_firing(self, price: Decimal) -> str:
        compared = numbers.with_code(numbers.price(price), BASE.code)
        threshold = numbers.with_code(numbers.exact(self.threshold), BASE.code)
        return f"the {self._price} was {compared}; your threshold is {OPERATORS[self.operator]} {threshold}."

    def errors(self) -> dict[str, str]:
        error = number_error(self.threshold, money.QUANTUM, "Enter a price above zero.")
        return {"threshold": error} if error else {}

    @property
    def _by_minutes(self) -> bool:
        return self.price_type not in (PriceType.CLOSE, TOUCHES[self.operator.direction])

    @property
    def _price(self) -> str:
        if self.price_type is PriceType.CLOSE:
            return "price"
        return f"{self.price_type} of the minute" if self._by_minutes else self.price_type.value
