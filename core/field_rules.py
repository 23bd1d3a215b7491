"""Rules of fields: each brings a value into the form that is stored, or says what is wrong with it."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from core.errors import InvalidInput

Normal = Callable[[Any], Any]
"""A rule: the value as it is stored. Raises ValueError with a sentence."""


def one_of(choices: Callable[[], Collection[Any]], sentence: str) -> Normal:
    """The rule that a value is among the choices, which are asked for at each use; else the sentence."""

    def normal(value: Any) -> Any:
        if value not in choices():
            raise ValueError(sentence)
        return value

    return normal


def normalised(rules: Mapping[str, Normal], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are stored. Raises InvalidInput with every field that breaks its rule."""
    result: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, value in values.items():
        try:
            result[name] = rules[name](value)
        except ValueError as error:
            errors[name] = [str(error)]
    if errors:
        raise InvalidInput(errors)
    return result
