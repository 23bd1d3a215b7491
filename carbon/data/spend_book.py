"""Factors of spending and the rates of 2023, for estimates from expenses."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from carbon.data.files import rows_of
from carbon.domain.factor import Factor, factor_id_of
from carbon.domain.spend import UNIT, SpendBook, SpendFactor

REGION = "GB"
VERSION = 1
HUNDRED = Decimal(100)


@cache
def spend_book() -> SpendBook:
    """The factors of `spend.csv` and the rates of `exchange-rates-2023.csv`, which name their sources."""
    factors = (_spend_factor(row) for row in rows_of("spend.csv"))
    rates = {row["currency"]: Decimal(row["per_eur"]) for row in rows_of("exchange-rates-2023.csv")}
    return SpendBook({each.expense_category: each for each in factors}, rates)


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
