"""What people emit on average: each figure with its basis, and as it was published."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from carbon.data.averages import averages, averages_of
from carbon.data.files import rows_of
from carbon.domain.average import BASES
from carbon.domain.factor import WORLD
from carbon.presentation.figures import every_basis, greenhouse_gases
from core.accounts import places

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference"
COLUMNS = {
    "ghg": "ghg_t_2023",
    "consumption_co2": "consumption_co2_t_2022",
    "territorial_co2": "territorial_co2_t_2023",
}


def test_every_figure_names_its_basis_source_and_licence() -> None:
    assert {each.basis for each in averages()} == set(BASES)
    for each in averages():
        assert each.region == WORLD or each.region in places.countries()
        assert each.source
        assert each.licence == "CC BY 4.0"
        assert each.tonnes > 0
        assert COLUMNS[each.basis].endswith(str(each.year))


def test_a_year_is_taken_evenly() -> None:
    (ghg, *_) = averages_of("GB")
    assert (ghg.tonnes, ghg.kg_in(365), ghg.kg_in(0)) == (Decimal("5.71"), Decimal(5710), Decimal(0))


def test_a_country_stands_beside_the_world_on_each_basis_that_is_known() -> None:
    known = [(basis.own is not None, basis.world is not None) for basis in every_basis("GB", 30)]
    assert known == [(True, True), (True, False), (True, True)]
    assert [basis.own for basis in every_basis("VA", 30)] == [None, None]
    assert [each.average.region for each in greenhouse_gases("GB", 30)] == ["GB", WORLD]
    assert [each.average.region for each in greenhouse_gases("", 30)] == [WORLD]


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published tables are not beside the project")
def test_the_figures_are_those_that_were_published() -> None:
    codes = {row["iso3"]: row["iso2"] for row in rows_of("countries.csv")} | {"WORLD": WORLD}
    text = (REFERENCE / "per-capita.csv").read_text(encoding="utf-8")
    published = {
        (codes[row["iso3"]], basis): Decimal(row[column])
        for row in csv.DictReader(text.splitlines())
        for basis, column in COLUMNS.items()
        if row[column]
    }
    assert {(each.region, each.basis): each.tonnes for each in averages()} == published
