"""Counting tries, so that nobody guesses for long or repeats too often what costs others."""

from datetime import datetime

from core import addresses, clock
from core.accounts.attempts import Attempts
from core.accounts.errors import LockedOut
from core.accounts.repositories.attempts import attempts_address, attempts_delete, attempts_from_item, attempts_put
from core.errors import TooOften
from core.reading import row
from core.retry import LostRace, optimistic
from core.storage import ConditionFailed, Put, aside, store


def sign_in_try(name: str, address: str) -> str:
    """The name under which failed sign-ins of a username from an address are counted."""
    return f"sign-in#{name}#{addresses.counted_as(address)}"


def password_try(username: str) -> str:
    """The name under which wrong answers to "current password" are counted."""
    return f"password#{username}"


def reset_try(email: str) -> str:
    """The name under which requests for a reset link are counted."""
    return f"reset#{email}"


def confirm_try(username: str) -> str:
    """The name under which a user's requests for the link to confirm the address are counted."""
    return f"confirm#{username}"


def confirm_mail_try(email: str) -> str:
    """The name under which such mails to an address are counted, for all users together."""
    return f"confirm-mail#{email}"


def test_message_try(username: str) -> str:
    """The name under which test messages of a user's alerts are counted."""
    return f"test-message#{username}"


def tries(name: str) -> Attempts:
    """The tries that are counted under a name; 1 request."""
    return attempts_from_item(row(attempts_address(name)))


def forget(name: str) -> None:
    """Forget the tries under a name; 1 request."""
    store().write(attempts_delete(name))


def count(name: str) -> None:
    """Count a try under this name before it is made; 2 requests. Raises LockedOut."""
    optimistic(lambda: count_after(name, tries(name)))


def count_after(name: str, before: Attempts) -> None:
    """The same with the earlier tries already read; 1 request. Raises LockedOut, or LostRace to read again."""
    now = clock.now()
    until = before.locked_until()
    if until is not None and now < until:
        raise LockedOut(retry_after=_seconds(now, until))
    try:
        with aside():
            store().write(attempts_put(name, before, now))
    except ConditionFailed as error:
        raise LostRace from error


def counting_write(name: str, before: Attempts, *, code: str, what: str) -> Put:
    """The write that counts one more of at most five in 300 seconds, label `attempts`; it joins what is counted.

    It fails when another was counted since `before` was read. Raises TooOften with this code when there is no room;
    `what` is the sentence before the wait.
    """
    now = clock.now()
    until = before.full_until()
    if until is not None and now < until:
        raise TooOften(code, what, retry_after=_seconds(now, until))
    return attempts_put(name, before, now)


def _seconds(now: datetime, until: datetime) -> int:
    return max(1, clock.to_seconds(until) - clock.to_seconds(now))
