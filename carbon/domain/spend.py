"""What an expense is taken to have emitted: money times a factor of its kind of goods.

The factors hold for pounds of 2023 at basic prices, so that the expense is brought there first: by the average rate of
2023, whatever its day, and without the value added tax of that year. Prices that have risen since make the figure too
high; where goods differ from those of the United Kingdom it is off either way. It is an estimate, and always says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from carbon.domain.entry import Estimate
from carbon.domain.factor import Factor
from core.money import ZERO

UNIT = "gbp_2023"
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class SpendFactor:
    """kg CO2e of one pound of 2023, without the tax, spent on a category of the expenses. vat_rate: 0.20 for 20 %."""

    expense_category: str
    vat_rate: Decimal
    factor: Factor


@dataclass(frozen=True, slots=True)
class Spending:
    """What must be known of an expense. `amount` with its sign, in its currency: below zero for a refund."""

    expense_id: str
    day: date
    category: str
    amount: Decimal
    currency: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class SpendBook:
    """What estimates are made with.

    factors: by category of the expenses. per_euro: how much of a currency a euro was on the average of 2023, by the
    currency's code in lower case.
    """

    factors: Mapping[str, SpendFactor]
    per_euro: Mapping[str, Decimal]

    def estimate_of(self, spending: Spending) -> Estimate | None:
        """The estimate for an expense; None where there is none to be made.

        That is so for "Other" and for own categories, which say nothing of what was bought, and for refunds: what came
        back was mostly made all the same, and an estimate below zero would hide that. Nothing is estimated either for a
        currency whose rate is not known.
        """
        spend, per_euro = self.factors.get(spending.category), self.per_euro.get(spending.currency)
        if spend is None or per_euro is None or spending.amount <= ZERO:
            return None
        pounds = spending.amount / per_euro * self.per_euro["gbp"] / (1 + spend.vat_rate)
        return Estimate(
            expense_id=spending.expense_id,
            day=spending.day,
            category=spend.factor.category,
            activity=spend.factor.activity,
            amount=pounds.quantize(MILLIONTH),
            unit=UNIT,
            kg=(pounds * spend.factor.kg_direct).quantize(MILLIONTH),
            factor=spend.factor,
            description=spending.description,
        )
