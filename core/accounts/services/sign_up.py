"""Making an account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.conf import settings

from core import clock, wiring
from core.accounts import passwords
from core.accounts.domain import Account, User
from core.accounts.repositories import users
from core.accounts.services.fields import SIGN_UP, normalised
from core.errors import InvalidInput, Refused
from core.storage import TransactionCancelled, Write, store
from core.usage.room import usage_write


def user_sign_up(
    username: str,
    email: str,
    password: str,
    full_name: str = "",
    account: Account = "practice",
    *,
    home_currency: str = "usd",
    also: Sequence[Write] = (),
) -> User:
    """Make an account with what it opens with, all in one transaction; 1 request.

    `home_currency` is that of its expenses and budgets, for good.
    The account is pending where settings.REQUIRE_APPROVAL asks for it; a sample account never is.
    Raises InvalidInput by field, Refused `username_taken` or `email_taken`, Busy. A name that still has rows of a
    former owner, so that what the account opens with cannot be written, is refused as taken. TransactionCancelled
    where one of `also` failed.
    """
    user = _new_user(username, email, password, full_name, account, home_currency)
    names = users.new_user_writes(user)
    openings = [write for opening in wiring.listed("ACCOUNT_OPENINGS") for write in opening(user)]
    counted, _, _ = usage_write(openings)
    try:
        store().transact_write([*names, *openings, *counted, *also])
    except TransactionCancelled as error:
        of_openings = error.reasons[len(names) : len(names) + len(openings)]
        if error.failed("username") or any(reason.failed for reason in of_openings):
            raise Refused("username_taken", "This username is taken. Choose another.", field="username") from error
        if error.failed("email"):
            raise Refused(
                "email_taken", "There is an account with this address. Sign in, or reset its password.", field="email"
            ) from error
        raise
    return user


def _new_user(username: str, email: str, password: str, full_name: str, account: Account, home_currency: str) -> User:
    """The checked user with the hash of the password; wrong names and a weak password are told together."""
    errors: dict[str, list[str]] = {}
    now = clock.from_milliseconds(clock.to_milliseconds(clock.now()))  # as exact as the store keeps it
    version = clock.to_milliseconds(now)  # above all versions that a former owner of the name had
    user = User(username, email, full_name, account=account, created_at=now, updated_at=now, credential_version=version)
    try:
        said = {"username": username, "email": email, "full_name": full_name, "home_currency": home_currency}
        user = replace(user, **normalised(SIGN_UP, said))
    except InvalidInput as error:
        errors.update(error.errors)
    try:
        user = replace(user, password_hash=passwords.hashed(password, user))
    except InvalidInput as error:
        errors.update(error.errors)
    if errors:
        raise InvalidInput(errors)
    waits = settings.REQUIRE_APPROVAL and account != "sample"
    return replace(user, status="pending" if waits else "active")
