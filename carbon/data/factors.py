"""The product's own factors."""

import csv
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from carbon.data.files import rows_of
from carbon.domain.activity import newest
from carbon.domain.factor import Factor
from core import money

FILE = "factors.csv"
COLUMNS = tuple(Factor.__dataclass_fields__)


@cache
def factors() -> tuple[Factor, ...]:
    """Every factor of the data file, older versions too, by activity, region, unit and version."""
    return tuple(
        Factor(
            factor_id=row["factor_id"],
            activity=row["activity"],
            label=row["label"],
            category=row["category"],
            unit=row["unit"],
            kg_direct=Decimal(row["kg_direct"]),
            kg_fuel_supply=Decimal(row["kg_fuel_supply"]) if row["kg_fuel_supply"] else None,
            region=row["region"],
            year=int(row["year"]),
            source=row["source"],
            licence=row["licence"],
            best_before=date.fromisoformat(row["best_before"]),
            note=row["note"],
            version=int(row["version"]),
        )
        for row in rows_of(FILE)
    )


@cache
def newest_factors() -> tuple[Factor, ...]:
    """Of these the newest of each activity, region and unit."""
    return newest(factors())


def write(path: Path, rows: Iterable[Factor]) -> None:
    """Write factors as the file that `factors` reads."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for factor in rows:
            writer.writerow([_text(getattr(factor, name)) for name in COLUMNS])


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        return money.plain(value)
    return "" if value is None else str(value)
