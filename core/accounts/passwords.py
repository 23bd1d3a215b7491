"""Passwords: the rules, and hashing and verifying them in whatever format they came."""

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.hashers import get_hasher, identify_hasher, make_password, verify_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError

from core.accounts.domain import User
from core.accounts.hashers import with_algorithm
from core.errors import Busy, InvalidInput

UNUSABLE = make_password(None)
WAITS = 5.0
"""Seconds for which a password waits to be hashed."""

_has_turn: ContextVar[bool] = ContextVar("_has_turn", default=False)


class MaximumLengthValidator:
    """Refuses passwords so long that hashing them would be work done for an attacker."""

    def __init__(self, max_length: int = 128) -> None:
        self.max_length = max_length

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError for a password over the limit."""
        if len(password) > self.max_length:
            raise ValidationError(
                f"This password is too long. It may contain at most {self.max_length} characters.",
                code="password_too_long",
            )

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return f"Your password may contain at most {self.max_length} characters."


class _Candidate:
    """A user as Django's similarity rule reads one: attributes, and what to call them in a sentence."""

    def __init__(self, user: User) -> None:
        self.username = user.username
        self.email = user.email
        self.full_name = user.full_name
        self._meta = self

    def get_field(self, name: str) -> SimpleNamespace:
        """Something with the field's `verbose_name`."""
        return SimpleNamespace(verbose_name="email address" if name == "email" else name.replace("_", " "))


class ResetTokens(PasswordResetTokenGenerator):
    """Tokens of reset links: good for settings.PASSWORD_RESET_TIMEOUT seconds, and once.

    A change of the password or of the address, or a sign-in meanwhile, makes them void.
    """

    key_salt = "core.accounts.passwords.ResetTokens"

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        said = (user.username, user.email, user.password_hash, user.credential_version, user.last_sign_in, timestamp)
        return "\x1f".join(map(str, said))


reset_tokens = ResetTokens()


@contextmanager
def hashing_turn() -> Iterator[None]:
    """One of the `PASSWORD_HASHES_AT_ONCE` turns of this process, for all that happens inside; within itself the same.

    A hash takes 100 MB of memory, and a core for a while. Who counts a try takes the turn first: so a try that is
    refused for load is neither counted nor looked at. Raises Busy where none is free for `WAITS` seconds.
    """
    if _has_turn.get():
        yield
        return
    turns = _turns(settings.PASSWORD_HASHES_AT_ONCE)
    if not turns.acquire(timeout=WAITS):
        raise Busy("Too many people are signing in at the moment.")
    token = _has_turn.set(True)
    try:
        yield
    finally:
        _has_turn.reset(token)
        turns.release()


@functools.cache
def _turns(at_once: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(at_once)


def hashed(password: str, user: User, *, field: str = "password") -> str:
    """The hash of a password. Raises InvalidInput on `field` with every rule that it breaks; Busy."""
    try:
        validate_password(password, _Candidate(user))  # type: ignore[arg-type]
    except ValidationError as error:
        raise InvalidInput({field: error.messages}) from error
    with hashing_turn():
        return make_password(password)


def matches(password: str, user: User | None) -> bool:
    """Whether this is the user's password; the same work where there is no user. Raises Busy."""
    encoded = with_algorithm(user.password_hash) if user and user.password_hash else UNUSABLE
    with hashing_turn():
        is_correct, _ = verify_password(password, encoded)
    return is_correct


def rehashed(password: str, user: User) -> str | None:
    """A new hash for a password just verified whose stored hash is of an old kind, else None. Raises Busy."""
    encoded = with_algorithm(user.password_hash)
    hasher, preferred = identify_hasher(encoded), get_hasher()
    if hasher.algorithm == preferred.algorithm and not preferred.must_update(encoded):
        return None
    with hashing_turn():
        return make_password(password)
