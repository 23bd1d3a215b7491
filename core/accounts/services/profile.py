"""What a user tells about themselves, and what an administrator decides about a user."""

from __future__ import annotations

from typing import Any

from core import clock, stream
from core.accounts.domain import ROLES, SETTABLE_STATUSES, User
from core.accounts.repositories import users
from core.accounts.services.fields import PROFILE, Normal, normalised, one_of
from core.errors import NotFound
from core.storage import ConditionFailed

ADMINISTRATION: dict[str, Normal] = {
    "role": one_of(lambda: ROLES, f"Choose one of {', '.join(ROLES)}."),
    "status": one_of(lambda: SETTABLE_STATUSES, f"Choose one of {', '.join(SETTABLE_STATUSES)}."),
}


def profile_change(user: User, **values: Any) -> User:
    """Set fields of the profile and return the account as it is then; 1 request.

    Fields: full_name, phone_number, currency, time_zone, country, theme, privacy, refresh_seconds, cost_basis_method.
    Raises InvalidInput by field; KeyError for a field that a profile does not have.
    """
    return _change(user.username, normalised(PROFILE, values))


def role_grant(username: str, role: str) -> User:
    """Give a user a role in place of the one before; 1 request. Raises NotFound, InvalidInput."""
    return _change(username, normalised(ADMINISTRATION, {"role": role}))


def status_set(username: str, status: str) -> User:
    """Approve, suspend, reject or readmit a user; 1 request. Raises NotFound, InvalidInput."""
    user = _change(username, normalised(ADMINISTRATION, {"status": status}))
    stream.announce_doubt(username)
    return user


def _change(username: str, values: dict[str, Any]) -> User:
    try:
        return users.change(username, {**values, "updated_at": clock.now()}, condition=users.NOT_CLOSING)
    except ConditionFailed as error:
        raise NotFound("That user") from error
