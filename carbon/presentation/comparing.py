"""A month beside what others emit in as many days."""

from __future__ import annotations

from collections.abc import Sequence
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
    """What one basis counts, and its averages: the user's country first, where it is known."""

    in_words: str
    figures: Sequence[Compared]


def greenhouse_gases(country: str, days: int) -> list[Compared]:
    """The user's country, where it is known, and the world: all greenhouse gases, in so many days."""
    return [Compared(each, each.kg_in(days)) for each in _averages(country) if each.basis == "ghg"]


def every_basis(country: str, days: int) -> list[Basis]:
    """The same on each basis there is a figure of."""
    found = []
    for name, in_words in BASES.items():
        figures = [Compared(each, each.kg_in(days)) for each in _averages(country) if each.basis == name]
        if figures:
            found.append(Basis(in_words, figures))
    return found


def _averages(country: str) -> Sequence[Average]:
    return (*averages_of(country), *averages_of(WORLD))
