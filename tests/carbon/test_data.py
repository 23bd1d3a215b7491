"""The product's data files: complete, and equal to the published tables where those are at hand."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from carbon.data import factors as factor_file
from carbon.data.catalogue import catalogue, levels
from carbon.data.factors import factors
from carbon.data.files import FOLDER, rows_of
from carbon.data.published_tables import factors_from
from carbon.domain.entry import CATEGORIES
from carbon.domain.factor import WORLD, factor_id_of
from carbon.domain.units import units_for
from core.accounts import places

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference"
published = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the published tables are not beside the project")


def table(name: str) -> list[dict[str, str]]:
    """The rows of a published table."""
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_factor_says_by_whom_of_when_and_where_it_is() -> None:
    for factor in factors():
        assert factor.factor_id == factor_id_of(factor.activity, factor.region, factor.unit, factor.version)
        assert factor.category in CATEGORIES
        assert factor.region == WORLD or factor.region in places.countries()
        assert factor.kg_direct > 0
        assert factor.kg_fuel_supply is None or factor.kg_fuel_supply > 0
        assert factor.licence in ("OGL v3.0", "CC BY 4.0")
        assert factor.label
        assert factor.source
        assert factor.best_before > date(factor.year, 12, 31)
        assert units_for(factor.unit)


def test_versions_count_from_one_without_gaps() -> None:
    numbers: dict[tuple[str, str, str], list[int]] = {}
    for factor in factors():
        numbers.setdefault((factor.activity, factor.region, factor.unit), []).append(factor.version)
    assert all(versions == list(range(1, len(versions) + 1)) for versions in numbers.values())
    assert numbers["electricity", "GB", "kwh"] == [1, 2]


def test_one_activity_has_one_label_and_category() -> None:
    said = {(factor.activity, factor.label, factor.category) for factor in factors()}
    assert [name for name, count in Counter(name for name, _, _ in said).items() if count > 1] == []


@published
def test_the_file_is_what_the_published_tables_make(tmp_path: Path) -> None:
    factor_file.write(tmp_path / "factors.csv", factors_from(REFERENCE))
    made, kept = (folder / "factors.csv" for folder in (tmp_path, FOLDER))
    assert made.read_text(encoding="utf-8") == kept.read_text(encoding="utf-8")


@published
def test_every_figure_of_the_activities_is_there() -> None:
    kept = {(each.activity, each.region, each.unit, each.year): each for each in factors()}
    rows = table("activity-factors.csv")
    assert len(rows) == 60
    for row in rows:
        activity = row["activity"].replace("electricity_uk", "electricity")
        factor = kept[activity, row["region"], row["unit"], int(row["year"])]
        assert str(factor.kg_fuel_supply or "") == row["kg_co2e_well_to_tank"].rstrip("0")
        assert (factor.kg_direct, factor.category) == (Decimal(row["kg_co2e_direct"]), row["category"])


@published
def test_every_food_is_there() -> None:
    kept = {each.label: each for each in factors() if each.category == "food"}
    rows = table("food-ghg.csv")
    assert {row["food"]: Decimal(row["kg_co2e_per_kg"]) for row in rows} == {
        label: factor.kg_direct for label, factor in kept.items()
    }
    assert {factor.unit for factor in kept.values()} == {"kg"}


@published
def test_every_grid_is_there_but_holes_and_the_one_that_its_government_gives() -> None:
    kept = {each.region: each for each in factors() if each.activity == "electricity" and each.version == 1}
    codes = {row["iso3"]: row["iso2"] for row in rows_of("countries.csv")}
    rows = table("grid-intensity.csv")
    wanted = {
        codes[row["iso3"]]: (Decimal(row["kg_co2e_per_kwh"]), int(row["year"]))
        for row in rows
        if Decimal(row["kg_co2e_per_kwh"]) and row["iso3"] != "GBR"
    }
    assert {region: (each.kg_direct, each.year) for region, each in kept.items() if region != "GB"} == wanted
    assert len(rows) - len(wanted) == 2
    assert kept["GB"].source == "UK Government GHG conversion factors 2025 (DESNZ)"


@published
def test_achievements_and_levels_are_those_of_the_catalogue() -> None:
    names = ("achievement_id", "kind", "needs", "points", "tier")
    kept = [{name: str(getattr(each, name)) for name in names} for each in catalogue()]
    assert kept == table("achievements.csv")
    said = [{"level": str(each.level), "name": each.name, "points": str(each.points)} for each in levels()]
    assert said == table("levels.csv")


def test_a_country_stands_for_one_code() -> None:
    rows = rows_of("countries.csv")
    assert len({row["iso2"] for row in rows}) == len({row["iso3"] for row in rows}) == len(rows)
    assert {row["iso2"] for row in rows} <= set(places.countries())
    some = {"DEU": "DE", "AUS": "AU", "AUT": "AT", "CHE": "CH", "IRL": "IE", "SWE": "SE", "UKR": "UA", "NER": "NE"}
    assert {row["iso3"]: row["iso2"] for row in rows if row["iso3"] in some} == some
