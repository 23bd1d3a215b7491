"""A month beside what others emit in as many days."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from carbon.data.averages import averages_of
from carbon.domain.average import BASES, Average
from carbon.domain.factor import WORLD


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


def greenhouse_gases(country: str, days: int) -> list[Compared]:
    """The user's country, where it is known, and the world: all greenhouse gases, in so many days."""
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


def _compared(region: str, basis: str, days: int) -> Compared | None:
    found = next((each for each in averages_of(region) if each.basis == basis), None)
    return None if found is None else Compared(found, found.kg_in(days))
