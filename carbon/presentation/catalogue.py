"""The activities that one can choose from: grouped, searched by what people call them, with their units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS
from carbon.domain.factor import Factor

MOST_NEAR = 6
LEAST_LIKENESS = 0.5
LONGEST_SAID = 100
"""Characters of what somebody looks for; the longest label has fewer."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One activity with the units of its factors. is_per_vehicle: the persons in the vehicle share what it emits.

    is_regional: its figure depends on the country.
    """

    activity: str
    label: str
    category: str
    factor_units: tuple[str, ...]
    is_per_vehicle: bool
    is_regional: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The activities of one category."""

    category: str
    label: str
    choices: tuple[Choice, ...]


class Catalogue:
    """Every activity of some factors."""

    def __init__(self, factors: Iterable[Factor]) -> None:
        by_activity: dict[str, list[Factor]] = {}
        for factor in factors:
            by_activity.setdefault(factor.activity, []).append(factor)
        self._choices: Mapping[str, Choice] = {
            activity: _choice(activity, of_it) for activity, of_it in by_activity.items()
        }
        self._by_label = {choice.label.casefold(): choice for choice in self._choices.values()}

    @property
    def choices(self) -> Sequence[Choice]:
        """All of them, by category and label."""
        return sorted(self._choices.values(), key=lambda each: (CATEGORIES.index(each.category), each.label.casefold()))

    def find(self, text: str) -> Choice | None:
        """The activity of this id or label, whatever its case; None where there is none."""
        said = " ".join(text.split())
        return self._choices.get(said) or self._by_label.get(said.casefold())

    def near(self, text: str) -> list[Choice]:
        """Activities whose labels hold every word of the text; where none does, those written most alike."""
        words = text[:LONGEST_SAID].casefold().replace("_", " ").split()
        holding = [each for each in self.choices if all(word in each.label.casefold() for word in words)]
        if holding or not words:
            return holding[:MOST_NEAR] if words else []
        alike = get_close_matches(" ".join(words), self._by_label, MOST_NEAR, LEAST_LIKENESS)
        return [self._by_label[label] for label in alike]

    def groups(self, *, first: str = "") -> list[Group]:
        """By category, in the order of the categories, one of them first where wished."""
        ordered = sorted(CATEGORIES, key=lambda category: category != first)
        found = ((category, tuple(each for each in self.choices if each.category == category)) for category in ordered)
        return [Group(category, CATEGORY_LABELS[category], choices) for category, choices in found if choices]


def _choice(activity: str, factors: Sequence[Factor]) -> Choice:
    newest = factors[0]
    return Choice(
        activity=activity,
        label=newest.label,
        category=newest.category,
        factor_units=tuple(dict.fromkeys(factor.unit for factor in factors)),
        is_per_vehicle=any(factor.is_per_vehicle for factor in factors),
        is_regional=len({factor.region for factor in factors}) > 1,
    )


@lru_cache(maxsize=4)
def catalogue_of(factors: tuple[Factor, ...]) -> Catalogue:
    """The catalogue of these factors, made once."""
    return Catalogue(factors)
