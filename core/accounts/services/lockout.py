"""Booking tries that may fail, so that nobody guesses for long."""

from __future__ import annotations

from core import clock
from core.accounts.attempts import Attempts
from core.accounts.errors import LockedOut
from core.accounts.repositories import attempts
from core.retry import LostRace, optimistic


def sign_in_try(name: str, address: str) -> str:
    """The name under which failed sign-ins of a username from an address are counted."""
    return f"sign-in#{name}#{address}"


def password_try(username: str) -> str:
    """The name under which wrong answers to "current password" are counted."""
    return f"password#{username}"


def reset_try(email: str) -> str:
    """The name under which requests for a reset link are counted."""
    return f"reset#{email}"


def book(name: str) -> None:
    """Count a try under this name before it is made; 2 requests. Raises LockedOut."""
    optimistic(lambda: book_after(name, attempts.get(name)))


def book_after(name: str, before: Attempts) -> None:
    """The same with the earlier tries already read; 1 request. Raises LockedOut, or LostRace to read again."""
    now = clock.now()
    until = before.locked_until()
    if until is not None and now < until:
        raise LockedOut(retry_after=max(1, clock.to_seconds(until) - clock.to_seconds(now)))
    if not attempts.book(name, before, now):
        raise LostRace
