"""Activities that one can choose from and their factors: grouped, found by words, with their units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS
from carbon.domain.factor import WORLD, Factor
from carbon.domain.units import units_for
from core.accounts import places

MOST_NEAR = 6
LEAST_LIKENESS = 0.5
LONGEST_SAID = 100
"""The longest text that is searched for; the longest label has fewer."""


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

    @property
    def units(self) -> list[tuple[str, str]]:
        """The units in which it may be given, the first factor's own in front: name and label."""
        units = (unit for factor_unit in self.factor_units for unit in units_for(factor_unit))
        return list(dict.fromkeys((unit.name, unit.label) for unit in units))


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
        """By category, in the order of the categories, `first` in front of them."""
        ordered = sorted(CATEGORIES, key=lambda category: category != first)
        found = ((category, tuple(each for each in self.choices if each.category == category)) for category in ordered)
        return [Group(category, CATEGORY_LABELS[category], choices) for category, choices in found if choices]


def matching(factors: Iterable[Factor], words: str, category: str = "") -> list[Factor]:
    """Those of the category, where one is given, that hold each of the words somewhere: in name, region or source."""
    wanted = words.casefold().split()
    return [
        factor
        for factor in factors
        if category in ("", factor.category) and all(word in _text(factor) for word in wanted)
    ]


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


def _text(factor: Factor) -> str:
    place = "world" if factor.region == WORLD else places.countries().get(factor.region, "")
    said = (factor.activity, factor.label, factor.unit, factor.region, place, factor.source, str(factor.year))
    return " ".join(said).casefold()
