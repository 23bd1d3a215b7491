"""What a user tells about themselves."""

from typing import Any

from core import clock
from core.accounts.domain import User
from core.accounts.repositories import users
from core.accounts.services.fields import normalised, profile_rules
from core.errors import NotFound
from core.storage import ConditionFailed, store


def profile_change(user: User, **values: Any) -> User:
    """Set fields of the profile and return the account as it is then; 1 request.

    Fields: full_name, phone_number, currency, time_zone, country, theme, privacy, refresh_seconds, carbon_budget_kg
    and the settings that the apps bring.
    Raises InvalidInput by field; KeyError for a field that a profile does not have.
    """
    return _change(user.username, normalised(profile_rules(), values))


def _change(username: str, values: dict[str, Any]) -> User:
    changed = {**values, "updated_at": clock.now()}
    try:
        item = store().write(users.user_change(username, changed, condition=users.NOT_CLOSING))
    except ConditionFailed as error:
        raise NotFound("That user") from error
    return users.user_from_item(item)
