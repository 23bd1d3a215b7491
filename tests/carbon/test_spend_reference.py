"""The product's own figures for spending are those of the published tables."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from carbon.data.spend_book import spend_book

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference"

pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference tables are not beside the project")


def test_factors_and_tax_rates_are_those_of_the_reference() -> None:
    published = {row["sic"]: row for row in _rows("uk-spend-factors-2023.csv")}
    wanted = {
        row["expense_category"]: (Decimal(published[row["sic"]]["kg_co2e_per_gbp"]), Decimal(row["vat_rate"]))
        for row in _rows("spend-map.csv")
    }
    own = {name: (each.factor.kg_direct, each.vat_rate) for name, each in spend_book().factors.items()}
    assert own == wanted


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((REFERENCE / name).read_text(encoding="utf-8").splitlines()))
