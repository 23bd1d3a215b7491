"""What an expense is taken to have emitted: money times a factor of its kind of goods.

The factors hold for pounds of 2023 at basic prices, so that the expense is brought there first: by the average rate of
2023, whatever its day, and without the value added tax of that year. Prices that have risen since make the figure too
high; where goods differ from those of the United Kingdom it is off either way. It is an estimate, and always says so.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from carbon.domain.entry import Estimate
from carbon.domain.factor import Factor, factor_id_of
from core.money import ZERO

UNIT = "gbp_2023"
REGION = "GB"
VERSION = 1
MILLIONTH = Decimal("0.000001")
HUNDRED = Decimal(100)


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


def estimate_of(spending: Spending) -> Estimate | None:
    """The estimate for an expense; None where there is none to be made.

    That is so for "Other" and for own categories, which say nothing of what was bought, and for refunds: what came back
    was mostly made all the same, and an estimate below zero would hide that. Nothing is estimated either for an expense
    in a currency whose rate is not known.
    """
    spend, rate = spend_factors().get(spending.category), rates_2023().get(spending.currency)
    if spend is None or rate is None or spending.amount <= ZERO:
        return None
    pounds = (spending.amount / rate * rates_2023()["gbp"] / (1 + spend.vat_rate)).quantize(MILLIONTH)
    return Estimate(
        expense_id=spending.expense_id,
        day=spending.day,
        category=spend.factor.category,
        activity=spend.factor.activity,
        amount=pounds,
        unit=UNIT,
        kg=(pounds * spend.factor.kg_direct).quantize(MILLIONTH),
        factor=spend.factor,
        description=spending.description,
    )


@cache
def spend_factors() -> Mapping[str, SpendFactor]:
    """The factors by category of the expenses."""
    return {each.expense_category: each for each in map(_spend_factor, _rows("spend.csv"))}


@cache
def rates_2023() -> Mapping[str, Decimal]:
    """How much of a currency a euro was on the average of 2023, by the currency's code in lower case.

    Source: euro reference rates of the European Central Bank.
    """
    return {row["currency"]: Decimal(row["per_eur"]) for row in _rows("exchange-rates-2023.csv")}


def _spend_factor(row: Mapping[str, str]) -> SpendFactor:
    vat_rate, activity = Decimal(row["vat_rate"]), row["activity"]
    removed = f"VAT of {(vat_rate * HUNDRED).normalize():f} % removed" if vat_rate else "no VAT removed"
    factor = Factor(
        factor_id=factor_id_of(activity, REGION, UNIT, VERSION),
        activity=activity,
        label=f"Spending on {row['expense_category']}",
        category=row["category"],
        unit=UNIT,
        kg_direct=Decimal(row["kg_co2e_per_gbp"]),
        kg_fuel_supply=None,
        region=REGION,
        year=int(row["year"]),
        source=f"{row['source']}, SIC {row['sic']} ({row['what']})",
        licence=row["licence"],
        best_before=date.fromisoformat(row["best_before"]),
        note=f"Estimate, 2023 prices and rates, {removed}. What making the goods emitted is counted in.",
        version=VERSION,
    )
    return SpendFactor(row["expense_category"], vat_rate, factor)


def _rows(name: str) -> Iterator[Mapping[str, str]]:
    text = files("carbon.data").joinpath(name).read_text(encoding="utf-8")
    return iter(csv.DictReader(text.splitlines()))
