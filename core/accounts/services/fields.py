"""Bringing what a user typed into the form that is stored, and telling all that is wrong at once."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from core.accounts import places
from core.accounts.app_settings import app_settings
from core.accounts.domain import (
    CURRENCIES,
    HOME_CURRENCIES,
    REFRESH_SECONDS,
    THEMES,
    normal_carbon_budget,
    normal_full_name,
    normal_phone_number,
    normal_username,
)
from core.accounts.email_form import normal_email
from core.errors import InvalidInput

Normal = Callable[[Any], Any]


def one_of(choices: Callable[[], Collection[Any]], sentence: str) -> Normal:
    """A function that passes a value among the choices and raises ValueError with the sentence for any other."""

    def normal(value: Any) -> Any:
        if value not in choices():
            raise ValueError(sentence)
        return value

    return normal


CREDENTIALS: Mapping[str, Normal] = {
    "username": normal_username,
    "email": normal_email,
}

SIGN_UP: Mapping[str, Normal] = {
    **CREDENTIALS,
    "full_name": normal_full_name,
    "home_currency": one_of(lambda: HOME_CURRENCIES, f"Choose one of {', '.join(HOME_CURRENCIES)}."),
}

PROFILE: Mapping[str, Normal] = {
    "full_name": normal_full_name,
    "phone_number": normal_phone_number,
    "currency": one_of(lambda: CURRENCIES, "Choose one of the currencies listed."),
    "time_zone": one_of(places.known_time_zones, "Choose a time zone like Europe/Lisbon."),
    "country": one_of(lambda: {"", *places.countries()}, "Choose a country by its two capital letters, like PT."),
    "theme": one_of(lambda: THEMES, "Choose system, light or dark."),
    "privacy": one_of(lambda: (True, False), "Choose true or false."),
    "refresh_seconds": one_of(
        lambda: REFRESH_SECONDS, f"Choose one of {', '.join(str(seconds) for seconds in REFRESH_SECONDS)} seconds."
    ),
    "carbon_budget_kg": normal_carbon_budget,
}


def profile_rules() -> dict[str, Normal]:
    """Every field of a profile, with the settings that the apps bring."""
    brought = {each.name: one_of(each.choices, "Choose one of those listed.") for each in app_settings()}
    return {**PROFILE, **brought}


def normalised(rules: Mapping[str, Normal], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values in their stored form. Raises InvalidInput with every field that breaks its rule."""
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
