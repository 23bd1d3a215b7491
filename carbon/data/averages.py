"""Averages of countries and the world, a person and year."""

from decimal import Decimal
from functools import cache
from typing import cast

from carbon.data.files import rows_of
from carbon.domain.average import Average, Basis

FILE = "per-capita.csv"


@cache
def averages() -> tuple[Average, ...]:
    """Every figure of the data file, which names source and licence of each."""
    return tuple(
        Average(
            region=row["region"],
            basis=cast(Basis, row["basis"]),
            year=int(row["year"]),
            tonnes=Decimal(row["tonnes"]),
            source=row["source"],
            licence=row["licence"],
        )
        for row in rows_of(FILE)
    )


def averages_of(region: str) -> tuple[Average, ...]:
    """The figures of a country (ISO 3166-1 alpha-2) or of `world`, greenhouse gases first; none where not known."""
    return tuple(each for each in averages() if each.region == region)
