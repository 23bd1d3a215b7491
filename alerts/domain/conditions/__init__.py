"""The kinds of conditions, one module for each. To add one, write its module and name its class in `CONDITIONS`."""

from alerts.domain.conditions.price import PriceCondition, PriceType
from alerts.domain.conditions.protocol import MOST_PLACES, Choice, Condition, Field, Number, number_error

__all__ = [
    "CONDITIONS",
    "MOST_PLACES",
    "USUAL",
    "Choice",
    "Condition",
    "Field",
    "Number",
    "PriceCondition",
    "PriceType",
    "fields_of",
    "kind_named",
    "number_error",
]

CONDITIONS: dict[str, type[Condition]] = {each.kind: each for each in (PriceCondition,)}
"""By its name in rows and in the API."""
USUAL = PriceCondition.kind
"""The kind that is meant where none is named: on a new page, in the API, and in rows of the history."""


def kind_named(name: object) -> type[Condition]:
    """The kind of this name; the usual one where there is none."""
    return CONDITIONS.get(str(name), CONDITIONS[USUAL])


def fields_of(*kinds: type[Condition]) -> dict[str, tuple[Field, bool]]:
    """The fields of these kinds, or of all, by name, each with whether every one of the kinds has it."""
    chosen = kinds or tuple(CONDITIONS.values())
    names = [{field.name for field in kind.fields} for kind in chosen]
    return {field.name: (field, all(field.name in each for each in names)) for kind in chosen for field in kind.fields}
