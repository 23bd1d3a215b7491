"""What happens to accounts that others react to."""

from __future__ import annotations

from core.accounts.domain import User
from core.events import Event

PASSWORD_RESET_REQUESTED = "accounts.password_reset_requested"  # noqa: S105 - the name of an event
CLOSE_REQUESTED = "accounts.close_requested"


def password_reset_requested(email: str) -> Event:
    """Somebody asked for a reset link for an address.

    The address stands in for the username: whether there is such an account is looked up when the event is handled,
    so that asking takes the same time whether there is one or not.
    """
    return Event(PASSWORD_RESET_REQUESTED, email, {"email": email})


def close_requested(user: User) -> Event:
    """The user closed the account; what it holds is to be deleted."""
    return Event(CLOSE_REQUESTED, user.username)
