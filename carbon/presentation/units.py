"""Units as people read them."""

from __future__ import annotations

from carbon.domain.spend import UNIT as POUNDS_OF_2023
from carbon.domain.units import unit_named, units_for
from carbon.presentation.catalogue import Choice
from core.presentation.numbers import NO_BREAK_SPACE

FACTOR_UNITS = {
    "vehicle_km": f"vehicle{NO_BREAK_SPACE}km",
    "passenger_km": f"passenger{NO_BREAK_SPACE}km",
    "kwh_gross": "kWh (gross)",
    "room_night": "room and night",
    POUNDS_OF_2023: "£ of 2023, before tax",
}
ONE_OF = {"litre": "litre", "tonne": "tonne", "hour": "hour", "mile": "mile", "night": "night", "minute": "minute"}


def unit_choices(choice: Choice) -> list[tuple[str, str]]:
    """The units in which this activity may be given, the first factor's own in front: name and label."""
    units = (unit for factor_unit in choice.factor_units for unit in units_for(factor_unit))
    return list(dict.fromkeys((unit.name, unit.label) for unit in units))


def unit_label(name: str) -> str:
    """A unit beside an amount: `km`, `kWh`, `litres`."""
    unit = unit_named(name)
    return name.replace("_", " ") if unit is None else unit.label


def factor_unit_label(name: str) -> str:
    """A unit as what one of is meant: `vehicle km`, `litre`, `£ of 2023, before tax`."""
    return FACTOR_UNITS.get(name) or ONE_OF.get(name) or unit_label(name)
