"""The product's own factors."""

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from carbon.data.files import rows_of
from carbon.domain.activity import newest
from carbon.domain.factor import Factor
from core import money

FILE = "factors.csv"
COLUMNS = tuple(Factor.__dataclass_fields__)
_READ: Mapping[str, Callable[[str], Any]] = {
    "kg_direct": Decimal,
    "kg_fuel_supply": lambda text: Decimal(text) if text else None,
    "year": int,
    "best_before": date.fromisoformat,
    "version": int,
}
"""How a column is read that is not a text."""


@cache
def factors() -> tuple[Factor, ...]:
    """Every factor of the data file, older versions too, by activity, region, unit and version."""
    return tuple(Factor(**{name: _READ.get(name, str)(text) for name, text in row.items()}) for row in rows_of(FILE))


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
