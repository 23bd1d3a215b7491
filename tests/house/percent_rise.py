"""A kind of condition that the product does not have: a price rises by a percentage above another."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Self

from alerts.domain.conditions import Field, Number, number_error
from core import money
from core.presentation import numbers
from market.triggers.crossing import Operator
from market.triggers.moves import HIGH


@dataclass(frozen=True, slots=True)
class PercentRise:
    """See `Condition`."""

    base: Decimal
    percent: Decimal

    kind: ClassVar[str] = "percent_rise"
    label: ClassVar[str] = "A rise in percent"
    fields: ClassVar[tuple[Field, ...]] = (Number("base", "From in USD"), Number("percent", "Rise in %"))
    rows: ClassVar[tuple[tuple[str, ...], ...]] = (("base", "percent"),)

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        return cls(values["base"], values["percent"])

    @property
    def values(self) -> dict[str, Any]:
        return {"base": self.base, "percent": self.percent}

    @property
    def series(self) -> str:
        return HIGH

    @property
    def operator(self) -> Operator:
        return Operator.AT_OR_ABOVE

    @property
    def threshold(self) -> Decimal:
        return self.base * (100 + self.percent) / 100

    @property
    def text(self) -> str:
        return f"{numbers.percent(self.percent, 0)} above {numbers.exact(self.base)}"

    def text_of_firing(self, price: Decimal) -> str:
        return f"it rose to {numbers.price(price)} USD, {self.text}."

    def errors(self) -> dict[str, str]:
        found = {
            name: number_error(value, money.QUANTUM, "Enter more than zero.") for name, value in self.values.items()
        }
        return {name: error for name, error in found.items() if error}
