"""Making an account."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.conf import settings

from core import clock, outbox, wiring
from core.accounts import events, passwords
from core.accounts.domain import HOME_CURRENCIES, Account, User, normal_full_name, normal_username
from core.accounts.email_form import normal_email
from core.accounts.repositories import reservations, users
from core.accounts.reservations import Reservation
from core.accounts.selectors import find_reservation
from core.currencies import BASE
from core.errors import InvalidInput, Refused
from core.events import event_put
from core.field_rules import Normal, normalised, one_of
from core.retry import LostRace, optimistic
from core.storage import Check, Put, TransactionCancelled, Write, store
from core.usage.room import usage_write

RULES: Mapping[str, Normal] = {
    "username": normal_username,
    "email": normal_email,
    "full_name": normal_full_name,
    "home_currency": one_of(lambda: HOME_CURRENCIES, f"Choose one of {', '.join(HOME_CURRENCIES)}."),
}


def user_sign_up(
    username: str,
    email: str,
    password: str,
    full_name: str = "",
    account: Account = "practice",
    *,
    home_currency: str = BASE.code,
    also: Sequence[Write] = (),
) -> User:
    """Make an account with what it opens with, all in one transaction; 1 request.

    Its address waits for proof by the link that is mailed there. One that another account has, but has not proved,
    may be named too, at 2 requests more. `home_currency` cannot be changed later. The account is pending where
    settings.REQUIRE_APPROVAL asks for it; a sample account never is.
    Raises InvalidInput by field, Refused `username_taken` or `email_taken`, Busy, and TransactionCancelled where one
    of `also` failed. A name that still has rows of a former owner is refused as taken.
    """
    user = _new_user(username, email, password, full_name, account, home_currency)
    optimistic(lambda: _write(user, also))
    outbox.nudge(user.username)
    return user


def _write(user: User, also: Sequence[Write]) -> None:
    """Make the account and reserve its address, unless another account has that and has not proved it."""
    held = Reservation(user.email, user.username, user.email_unconfirmed_since)
    try:
        _commit(user, reservations.reservation_put_if_free(held, user.created_at), also)
    except TransactionCancelled as error:
        if not error.failed("email"):
            raise
        before = find_reservation(user.email)
        if before is None or before.gives_way(user.created_at):
            raise LostRace from error
        if before.is_proved(user.created_at):
            raise Refused(
                "email_taken", "There is an account with this address. Sign in, or reset its password.", field="email"
            ) from error
        try:
            _commit(user, reservations.reservation_check(user.email, before), also)
        except TransactionCancelled as again:
            if again.failed("email"):
                raise LostRace from again
            raise


def _commit(user: User, address: Put | Check, also: Sequence[Write]) -> None:
    names: list[Write] = [users.new_user_put(user), address]
    if not user.email_confirmed:
        names.append(event_put(events.address_named(user)))
    openings = [write for opening in wiring.listed("ACCOUNT_OPENINGS") for write in opening(user)]
    counted, _, _ = usage_write(openings)
    # not by core.commit: a taken username is said first, whatever else failed
    try:
        store().transact_write([*names, *openings, *counted, *also])
    except TransactionCancelled as error:
        of_openings = error.reasons[len(names) : len(names) + len(openings)]
        if error.failed("username") or any(reason.failed for reason in of_openings):
            raise Refused("username_taken", "This username is taken. Choose another.", field="username") from error
        raise


def _new_user(username: str, email: str, password: str, full_name: str, account: Account, home_currency: str) -> User:
    """The checked user with the hash of the password. Raises InvalidInput with all that is wrong at once."""
    errors: dict[str, list[str]] = {}
    now = clock.now()
    version = clock.to_milliseconds(now)  # above all versions that a former owner of the name had
    user = User(username, email, full_name, account=account, created_at=now, updated_at=now, credential_version=version)
    try:
        said = {"username": username, "email": email, "full_name": full_name, "home_currency": home_currency}
        user = replace(user, **normalised(RULES, said))
    except InvalidInput as error:
        errors.update(error.errors)
    try:
        user = replace(user, password_hash=passwords.hashed(password, user))
    except InvalidInput as error:
        errors.update(error.errors)
    if errors:
        raise InvalidInput(errors)
    user = replace(user, email_unconfirmed_since=None if account == "sample" else now)
    waits = settings.REQUIRE_APPROVAL and account != "sample"
    return replace(user, status="pending" if waits else "active")
