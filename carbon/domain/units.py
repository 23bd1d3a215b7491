"""Units in which people count what they do, and the exact relations between them.

International yard and pound (1959): mile 1.609344 km, pound 0.45359237 kg, foot 0.3048 m. Gallons: 4.54609 l in the
United Kingdom (1985), 231 cubic inches, 3.785411784 l, in the United States. Watt-hour: 3600 J.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from core.errors import InvalidInput

LONGEST_NAME = 40
"""Characters of an unknown unit that an error repeats."""
NEAR = 3
"""How many near names an error offers."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: `size` in the smallest common measure of its dimension, and other names under which it is taken."""

    name: str
    label: str
    dimension: str
    size: Decimal
    others: tuple[str, ...] = ()


def _unit(name: str, label: str, dimension: str, size: str, *others: str) -> Unit:
    return Unit(name, label, dimension, Decimal(size), others)


UNITS: tuple[Unit, ...] = (
    _unit("km", "km", "distance", "1", "kilometre", "kilometer", "vehicle_km", "passenger_km"),
    _unit("mile", "miles", "distance", "1.609344", "mi"),
    _unit("m", "m", "distance", "0.001", "metre", "meter"),
    _unit("kwh", "kWh", "energy", "3.6", "kwh_gross", "kilowatt_hour"),
    _unit("wh", "Wh", "energy", "0.0036", "watt_hour"),
    _unit("mwh", "MWh", "energy", "3600", "megawatt_hour"),
    _unit("mj", "MJ", "energy", "1", "megajoule"),
    _unit("gj", "GJ", "energy", "1000", "gigajoule"),
    _unit("litre", "litres", "volume", "1", "l", "liter"),
    _unit("ml", "ml", "volume", "0.001", "millilitre", "milliliter"),
    _unit("m3", "m³", "volume", "1000", "m³", "cubic_metre", "cubic_meter"),
    _unit("ft3", "cubic feet", "volume", "28.316846592", "ft³", "cubic_foot", "cubic_feet"),
    _unit("gallon_uk", "gallons (UK)", "volume", "4.54609", "imperial_gallon"),
    _unit("gallon_us", "gallons (US)", "volume", "3.785411784", "us_gallon"),
    _unit("kg", "kg", "mass", "1", "kilogram", "kilogramme", "kilo"),
    _unit("g", "g", "mass", "0.001", "gram", "gramme"),
    _unit("tonne", "tonnes", "mass", "1000", "t", "metric_ton"),
    _unit("lb", "lb", "mass", "0.45359237", "pound"),
    _unit("oz", "oz", "mass", "0.028349523125", "ounce"),
    _unit("hour", "hours", "time", "60", "h", "hr"),
    _unit("minute", "minutes", "time", "1", "min"),
    _unit("night", "nights", "nights", "1", "room_night"),
)

SPECIAL = frozenset({"vehicle_km", "passenger_km", "kwh_gross", "room_night"})
"""Names in which factors are given that say more than what they measure."""

_BY_NAME = {name: unit for unit in UNITS for name in (unit.name, *unit.others)}
_SIMPLE = re.compile(r"[\s-]+")


def unit_named(text: str) -> Unit | None:
    """The unit of this name, in any case, singular or plural; None where there is none."""
    name = _SIMPLE.sub("_", text.strip().lower())
    return _BY_NAME.get(name) or _BY_NAME.get(name.removesuffix("s"))


def factor_unit_named(text: str) -> str | None:
    """The one name under which a factor's unit is kept, whatever way it is written; None where there is no such unit.

    Units that say more than what they measure, like `vehicle_km`, stay themselves.
    """
    unit = unit_named(text)
    if unit is None:
        return None
    simple = _SIMPLE.sub("_", text.strip().lower())
    said = (simple, simple.removesuffix("s"))
    return next((name for name in said if name in SPECIAL), unit.name)


def units_for(unit: str) -> tuple[Unit, ...]:
    """The units in which amounts of a factor's unit may be given, its own first."""
    own = unit_named(unit)
    if own is None:
        return ()
    return (own, *(each for each in UNITS if each.dimension == own.dimension and each is not own))


def ratio(given: Unit, wanted: str) -> tuple[Decimal, Decimal] | None:
    """Numbers by which an amount is multiplied, and then divided, to be one of the wanted unit, both exact.

    None where they measure different things.
    """
    target = unit_named(wanted)
    if target is None or target.dimension != given.dimension:
        return None
    return given.size, target.size


def unknown_unit(text: str, allowed: Iterable[Unit]) -> InvalidInput:
    """The error for a unit that an activity does not take: the near ones, and all that it takes."""
    names = [unit.name for unit in allowed]
    near = get_close_matches(text.strip().lower()[:LONGEST_NAME], names, n=NEAR)
    meant = f" Did you mean {' or '.join(near)}?" if near else ""
    return InvalidInput(
        {"unit": [f"This activity is not measured in “{text[:LONGEST_NAME]}”.{meant} Enter {_listed(names)}."]}
    )


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
