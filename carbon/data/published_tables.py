"""The published tables of factors, as they were collected in one folder, as factors of the product.

`manage.py buildfactors FOLDER` calls it. The product itself reads the file made of them, never the folder.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from carbon.data.files import rows_of
from carbon.domain.factor import WORLD, Factor, factor_id_of

OPEN_GOVERNMENT = "OGL v3.0"
ATTRIBUTION = "CC BY 4.0"
ELECTRICITY = "electricity"
RENAMED = {"electricity_uk": ELECTRICITY}
"""Electricity is one activity here, and the region says whose."""
CARS_NOTE = "Per vehicle: shared by the persons in it."
METHOD_NOTE = "Most of the fall from 2025 to 2026 is a change of method."
CHAIN_NOTE = "World mean of 2010 for the whole chain from the field to the shop."
LIFE_CYCLE_NOTE = "Life cycle: building the plants and making the fuel are inside."
_WORD = re.compile(r"[a-z]+")

Row = Mapping[str, str]


def factors_from(folder: Path) -> tuple[Factor, ...]:
    """Every factor of the published tables, sorted by activity, region, unit and version.

    For electricity in Great Britain the government's own table counts, not the international one. An
    intensity of 0 there is a hole in the data and left out.
    """
    factors = [
        *_of_activities(_read(folder / "activity-factors.csv")),
        *_of_food(_read(folder / "food-ghg.csv")),
        *_of_grids(_read(folder / "grid-intensity.csv")),
    ]
    return tuple(sorted(factors, key=lambda each: (each.activity, each.region, each.unit, each.version)))


def _of_activities(rows: Iterable[Row]) -> Iterator[Factor]:
    labels = {row["activity"]: row["label"] for row in rows_of("activities.csv")}
    versions: dict[tuple[str, str, str], int] = {}
    for row in sorted(rows, key=lambda each: int(each["year"])):
        activity = RENAMED.get(row["activity"], row["activity"])
        place = activity, row["region"], row["unit"]
        version = versions[place] = versions.get(place, 0) + 1
        year = int(row["year"])
        notes = [_sentence(row["source"])]
        if row["unit"] == "vehicle_km":
            notes.append(CARS_NOTE)
        if activity == ELECTRICITY:
            notes.append(METHOD_NOTE)
        yield Factor(
            factor_id=factor_id_of(*place, version),
            activity=activity,
            label=labels[activity],
            category=row["category"],
            unit=row["unit"],
            kg_direct=Decimal(row["kg_co2e_direct"]),
            kg_fuel_supply=Decimal(row["kg_co2e_well_to_tank"]) if row["kg_co2e_well_to_tank"] else None,
            region=row["region"],
            year=year,
            source=f"UK Government GHG conversion factors {year} (DESNZ)",
            licence=OPEN_GOVERNMENT,
            best_before=date(year + 1, 7, 1),  # the next set comes out in June
            note=" ".join(note for note in notes if note),
            version=version,
        )


def _of_food(rows: Iterable[Row]) -> Iterator[Factor]:
    for row in rows:
        activity = "_".join(_WORD.findall(row["food"].lower()))
        yield Factor(
            factor_id=factor_id_of(activity, WORLD, "kg", 1),
            activity=activity,
            label=row["food"],
            category="food",
            unit="kg",
            kg_direct=Decimal(row["kg_co2e_per_kg"]),
            kg_fuel_supply=None,
            region=WORLD,
            year=2010,
            source="Poore & Nemecek 2018, through Our World in Data",
            licence=ATTRIBUTION,
            best_before=date(2028, 1, 1),  # nothing of its breadth has followed yet; look again by then
            note=CHAIN_NOTE,
            version=1,
        )


def _of_grids(rows: Iterable[Row]) -> Iterator[Factor]:
    codes = {row["iso3"]: row["iso2"] for row in rows_of("countries.csv")}
    for row in rows:
        if row["iso3"] == "GBR" or not Decimal(row["kg_co2e_per_kwh"]):
            continue
        region, year = codes[row["iso3"]], int(row["year"])
        yield Factor(
            factor_id=factor_id_of(ELECTRICITY, region, "kwh", 1),
            activity=ELECTRICITY,
            label="Electricity",
            category="energy",
            unit="kwh",
            kg_direct=Decimal(row["kg_co2e_per_kwh"]),
            kg_fuel_supply=None,
            region=region,
            year=year,
            source=f"Ember, through Our World in Data, {year}",
            licence=ATTRIBUTION,
            best_before=date(year + 5, 1, 1),  # grids change by a few percent a year
            note=LIFE_CYCLE_NOTE,
            version=1,
        )


def _sentence(source: str) -> str:
    """What the table says in brackets behind the source, as a sentence."""
    _, _, note = source.partition("(")
    note = note.rstrip(")").strip()
    return f"{note[0].upper()}{note[1:]}." if note else ""


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
