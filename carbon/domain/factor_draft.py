"""What staff say of a factor to add."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from carbon.domain.activity import LONGEST_ACTIVITY, activity_named, could_be_an_activity
from carbon.domain.entry import CATEGORIES
from carbon.domain.factor import WORLD, Factor, factor_id_of
from carbon.domain.units import factor_unit_named
from core import money
from core.errors import InvalidInput

LONGEST_LABEL = 80
LONGEST_TEXT = 500
LARGEST_KG = Decimal(1_000_000)
KG_PLACES = 9
YEARS = range(1990, 2101)


@dataclass(frozen=True, slots=True)
class FactorDraft:
    """A factor without its id and version, which it gets when it is added; the fields are those of `Factor`."""

    activity: str
    label: str
    category: str
    unit: str
    kg_direct: Decimal
    kg_fuel_supply: Decimal | None
    region: str
    year: int
    source: str
    licence: str
    best_before: date
    note: str = ""

    def normal(self) -> FactorDraft:
        """The draft in the form that is stored: the names of activity and unit, no space around texts."""
        texts = {name: getattr(self, name).strip() for name in ("label", "source", "licence", "note")}
        unit = factor_unit_named(self.unit) or self.unit
        return replace(self, activity=activity_named(self.activity), unit=unit, **texts)

    def check(self, *, countries: Container[str]) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field.

        countries: ISO 3166-1 alpha-2 codes.
        """
        if errors := dict(self._errors(countries)):
            raise InvalidInput(errors)

    def factor(self, version: int) -> Factor:
        """The factor that a draft in its normal form is, as this version of its activity, region and unit."""
        factor_id = factor_id_of(self.activity, self.region, self.unit, version)
        return Factor(factor_id=factor_id, version=version, **asdict(self))

    def _errors(self, countries: Container[str]) -> Iterator[tuple[str, list[str]]]:
        if not could_be_an_activity(self.activity):
            yield "activity", [f"Enter 2 to {LONGEST_ACTIVITY} letters a to z, digits and underscores."]
        if self.category not in CATEGORIES:
            yield "category", [f"Choose one of {', '.join(CATEGORIES)}."]
        if factor_unit_named(self.unit) is None:
            yield "unit", ["Enter a unit like kwh, litre, kg, passenger_km or vehicle_km."]
        if self.region != WORLD and self.region not in countries:
            yield "region", [f"Choose a country by its two capital letters, like PT, or {WORLD}."]
        if self.year not in YEARS:
            yield "year", [f"Enter a year from {YEARS[0]} to {YEARS[-1]}."]
        for name in ("kg_direct", "kg_fuel_supply"):
            kg = getattr(self, name)
            if kg is not None and not (kg.is_finite() and 0 <= kg <= LARGEST_KG and money.places(kg) <= KG_PLACES):
                yield name, [f"Enter 0 to {LARGEST_KG:,} kg, with at most {KG_PLACES} decimals."]
        for name, longest in (("label", LONGEST_LABEL), ("source", LONGEST_TEXT), ("licence", LONGEST_TEXT)):
            if not 0 < len(getattr(self, name)) <= longest:
                yield name, [f"Enter 1 to {longest} characters."]
        if len(self.note) > LONGEST_TEXT:
            yield "note", [f"Enter at most {LONGEST_TEXT} characters."]
