"""What users say about themselves, and how their pages look."""

from collections.abc import Mapping
from typing import Any

from core import clock
from core.accounts import places
from core.accounts.app_settings import app_settings
from core.accounts.domain import (
    CURRENCIES,
    REFRESH_SECONDS,
    THEMES,
    User,
    normal_carbon_budget,
    normal_full_name,
    normal_phone_number,
)
from core.accounts.repositories import users
from core.errors import NotFound
from core.field_rules import Normal, normalised, one_of
from core.storage import ConditionFailed, store

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


def _rules() -> dict[str, Normal]:
    """Every field of a profile, with the settings that the apps bring."""
    brought = {each.name: one_of(each.choices, "Choose one of those listed.") for each in app_settings()}
    return {**PROFILE, **brought}


def profile_change(user: User, **values: Any) -> User:
    """Set fields of the profile, those of PROFILE and the settings of apps; the account as it is then. 1 request.

    Raises InvalidInput by field, NotFound where the account is closed; KeyError for a field that a profile lacks.
    """
    changed = {**normalised(_rules(), values), "updated_at": clock.now()}
    try:
        item = store().write(users.user_change(user.username, changed, condition=users.NOT_CLOSING))
    except ConditionFailed as error:
        raise NotFound("That user") from error
    return users.user_from_item(item)
