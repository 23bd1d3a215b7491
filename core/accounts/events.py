"""What happens to accounts that others react to."""

from core.accounts.domain import User
from core.events import Event

PASSWORD_RESET_REQUESTED = "accounts.password_reset_requested"  # noqa: S105 - the name of an event
ADDRESS_NAMED = "accounts.address_named"
ADDRESS_CONFIRMED = "accounts.address_confirmed"
ADDRESS_CHANGED = "accounts.address_changed"
ADDRESS_REVERTED = "accounts.address_reverted"
CLOSE_REQUESTED = "accounts.close_requested"


def password_reset_requested(email: str) -> Event:
    """Somebody asked for a reset link for an address.

    The address takes the place of the username: the account is looked up when the event is handled, so that asking
    takes the same time whether there is one or not.
    """
    return Event(PASSWORD_RESET_REQUESTED, email, {"email": email})


def close_requested(user: User) -> Event:
    """The user closed the account; what it holds is to be deleted."""
    return Event(CLOSE_REQUESTED, user.username)


def address_named(user: User) -> Event:
    """The user gave an address that nobody has proved, or asked for its link again."""
    return Event(ADDRESS_NAMED, user.username, {"email": user.email})


def address_confirmed(user: User) -> Event:
    """The account has a proved address now: by its link, or because it has a former one again."""
    return Event(ADDRESS_CONFIRMED, user.username, {"email": user.email})


def address_changed(user: User, former: str) -> Event:
    """The account has left a proved address, whose owner may undo the change."""
    return Event(ADDRESS_CHANGED, user.username, {"email": former})


def address_reverted(user: User, former: str) -> Event:
    """The account has left a proved address for one that it had before."""
    return Event(ADDRESS_REVERTED, user.username, {"email": former})
