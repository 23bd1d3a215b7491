"""Signing in and out."""

from contextlib import suppress
from dataclasses import replace

from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from core import clock, stream
from core.accounts import passwords
from core.accounts.attempts import Attempts
from core.accounts.domain import Anonymous, User
from core.accounts.errors import AccountNotActive, SignInFailed
from core.accounts.repositories import users
from core.accounts.repositories.attempts import attempts_address, attempts_delete, attempts_from_item
from core.accounts.requests import set_user
from core.accounts.selectors import holder_of
from core.accounts.services import lockout
from core.accounts.sessions import CREDENTIAL_VERSION, USERNAME
from core.commit import commit
from core.retry import optimistic
from core.storage import ConditionFailed, store


def user_sign_in(identifier: str, password: str, *, address: str) -> User:
    """The user whose username or email address and password these are.

    3 requests by username, 4 by email address. An unknown name costs the same requests and the same hashing as a
    wrong password. Raises SignInFailed, LockedOut, AccountNotActive; Busy, and then no try is counted.
    """
    with passwords.hashing_turn():
        user, try_name = optimistic(lambda: _count_try(identifier.strip().lower(), address))
        if not passwords.matches(password, user) or user is None:
            raise SignInFailed
        if not user.is_active:
            lockout.forget(try_name)
            raise AccountNotActive(user)
        _replace_imported_hash(user, password)
        return _keep_success(user, try_name)


def session_start(request: HttpRequest, user: User) -> None:
    """Sign the browser of this request in, under a new session key and CSRF token."""
    session = request.session
    if session.get(USERNAME) != user.username:
        session.clear()
    session.cycle_key()
    session[USERNAME] = user.username
    session[CREDENTIAL_VERSION] = user.credential_version
    rotate_token(request)
    set_user(request, user)


def session_end(request: HttpRequest) -> None:
    """Sign the browser of this request out; its session is gone from the store."""
    username = request.session.get(USERNAME)
    request.session.flush()
    if username is not None:
        stream.recheck_sign_in(username)
    rotate_token(request)
    set_user(request, Anonymous())


def _count_try(name: str, address: str) -> tuple[User | None, str]:
    """The user of a name, if any, and the name of the try that is now counted."""
    username = (holder_of(name) or name) if "@" in name else name
    try_name = lockout.sign_in_try(username, address)
    user, before = _user_and_tries(username, try_name)
    lockout.count_after(try_name, before)
    return user, try_name


def _user_and_tries(username: str, try_name: str) -> tuple[User | None, Attempts]:
    row, tries = store().batch_get([users.user_address(username), attempts_address(try_name)], consistent=True)
    return (users.user_from_item(row) if row else None), attempts_from_item(tries)


def _replace_imported_hash(user: User, password: str) -> None:
    """Keep a hash of our own from now on; one that changes at this moment is left alone."""
    new_hash = passwords.rehashed(password, user)
    if new_hash is not None:
        unchanged = users.still_has(user, "password_hash")
        with suppress(ConditionFailed):
            store().write(users.user_change(user.username, {"password_hash": new_hash}, condition=unchanged))


def _keep_success(user: User, try_name: str) -> User:
    now = clock.now()
    signed_in = users.user_change(user.username, {"last_sign_in": now}, condition=users.THERE)
    commit([signed_in, attempts_delete(try_name)], failures={"user": SignInFailed()})
    return replace(user, last_sign_in=now)
