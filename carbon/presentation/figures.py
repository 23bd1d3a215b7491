"""How kg, units, averages and achievements are said."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from carbon.data.averages import averages_of
from carbon.domain.average import BASES, Average
from carbon.domain.factor import WORLD
from carbon.domain.score import Achieved, Score
from carbon.domain.spend import UNIT as POUNDS_OF_2023
from carbon.domain.units import unit_named
from core.money import CENT
from core.presentation import numbers
from core.presentation.numbers import NO_BREAK_SPACE

FACTOR_UNITS = {
    "vehicle_km": f"vehicle{NO_BREAK_SPACE}km",
    "passenger_km": f"passenger{NO_BREAK_SPACE}km",
    "kwh_gross": "kWh (gross)",
    "room_night": "room and night",
    POUNDS_OF_2023: "£ of 2023, before tax",
}
ONE_OF = {"litre": "litre", "tonne": "tonne", "hour": "hour", "mile": "mile", "night": "night", "minute": "minute"}
REFUND = "A refund is not estimated: most of what is returned was produced anyway."
NO_CATEGORY = "“Other” and your own categories do not say what was bought, so they are not estimated."
NO_CURRENCY = "The exchange rate of its currency in 2023 is not known, so it is not estimated."
SOON = "The estimate is being made. Reload the page in a moment."


@dataclass(frozen=True, slots=True)
class Compared:
    """An average, and what it comes to in the days looked at."""

    average: Average
    kg: Decimal


@dataclass(frozen=True, slots=True)
class Basis:
    """What one basis counts; the figures of the user's country and of the world, None where not known."""

    in_words: str
    source: str
    own: Compared | None
    world: Compared | None


def kg(value: Decimal) -> str:
    """Kilograms to two decimals: `1,234.50`; less than a hundredth keeps four digits that count, never a false 0.00."""
    return numbers.price(value) if 0 < abs(value) < CENT else numbers.grouped(value, CENT)


def kg_exact(value: Decimal) -> str:
    """Kilograms with every decimal that is kept, at least none: `16.152`, `99.48`, `1,200`."""
    return numbers.quantity(value)


def unit_label(name: str) -> str:
    """A unit beside an amount: `km`, `kWh`, `litres`."""
    unit = unit_named(name)
    return name.replace("_", " ") if unit is None else unit.label


def factor_unit_label(name: str) -> str:
    """A unit as what one of is meant: `vehicle km`, `litre`, `£ of 2023, before tax`."""
    return FACTOR_UNITS.get(name) or ONE_OF.get(name) or unit_label(name)


def greenhouse_gases(country: str, days: int) -> list[Compared]:
    """The user's country, where it is known, and the world: all greenhouse gases, in that many days."""
    found = (_compared(region, "ghg", days) for region in (country, WORLD))
    return [each for each in found if each]


def every_basis(country: str, days: int) -> list[Basis]:
    """The same on each basis that there is a figure of."""
    bases = []
    for name, in_words in BASES.items():
        own, world = _compared(country, name, days), _compared(WORLD, name, days)
        known = own or world
        if known:
            bases.append(Basis(in_words, f"{known.average.source}, {known.average.year}", own, world))
    return bases


def why_not_estimated(
    category: str, currency: str, *, is_refund: bool, categories: Collection[str], currencies: Collection[str]
) -> str:
    """One sentence; `categories` and `currencies` are those that estimates are made of."""
    if is_refund:
        return REFUND
    if category not in categories:
        return NO_CATEGORY
    return NO_CURRENCY if currency not in currencies else SOON


def latest(score: Score) -> Achieved | None:
    """What was reached last; of several on one day the one worth most. None where nothing was."""
    reached = [each for each in score.achievements if each.is_reached]
    return max(reached, key=lambda each: (each.reached_on or date.min, each.achievement.points), default=None)


def nearest(score: Score) -> Achieved | None:
    """What is closest to being reached; None once all is."""
    ahead = [each for each in score.achievements if not each.is_reached]
    return max(ahead, key=lambda each: (each.percent, -each.achievement.points), default=None)


def _compared(region: str, basis: str, days: int) -> Compared | None:
    found = next((each for each in averages_of(region) if each.basis == basis), None)
    return None if found is None else Compared(found, found.kg_in(days))
