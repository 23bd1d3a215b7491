"""Finding factors by words."""

from __future__ import annotations

from collections.abc import Iterable

from carbon.domain.factor import WORLD, Factor
from core.accounts import places


def matching(factors: Iterable[Factor], words: str, category: str = "") -> list[Factor]:
    """Those of the category, where one is given, that hold each of the words somewhere: in name, region or source."""
    wanted = words.casefold().split()
    return [
        factor
        for factor in factors
        if category in ("", factor.category) and all(word in _text(factor) for word in wanted)
    ]


def _text(factor: Factor) -> str:
    place = "world" if factor.region == WORLD else places.countries().get(factor.region, "")
    said = (factor.activity, factor.label, factor.unit, factor.region, place, factor.source, str(factor.year))
    return " ".join(said).casefold()
