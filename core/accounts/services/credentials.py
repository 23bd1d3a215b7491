"""Changing the password, also by a mailed link."""

from collections.abc import Sequence
from dataclasses import replace

from core import clock, outbox, stream
from core.accounts import events, passwords
from core.accounts.domain import User
from core.accounts.email_form import normal_email
from core.accounts.repositories import users
from core.accounts.repositories.attempts import attempts_delete, attempts_put
from core.accounts.selectors import find_user
from core.accounts.services import lockout
from core.accounts.services.address_writes import AddressProvedByAnother, proof_writes
from core.commit import commit
from core.errors import InvalidInput, Refused
from core.events import event_put
from core.field_rules import normalised
from core.replay import overtaken
from core.retry import LostRace, optimistic
from core.storage import Write

WRONG_PASSWORD = "This is not your current password."  # noqa: S105 - a sentence


def password_change(user: User, *, current: str, new: str) -> User:
    """Give the user a new password; 3 requests. Every session is void, this one too until `session_start`.

    Raises InvalidInput for a wrong current or a weak new password, LockedOut after many wrong ones, Busy.
    """
    with passwords.hashing_turn():
        try_name = check_password(user, current, field="current_password")
        return _set_password(user, passwords.hashed(new, user, field="new_password"), forget=try_name)


def password_reset_request(email: str) -> None:
    """Ask for a reset link by mail; the same answer, requests and time whether there is such an account or not.

    More than five within 300 seconds are not mailed. Raises InvalidInput for text that is not an address.
    """
    address = normalised({"email": normal_email}, {"email": email})["email"]
    if optimistic(lambda: _ask_for_reset(address)):
        outbox.nudge(address)


def password_reset(username: str, token: str, *, new: str, address: str) -> User:
    """Set the password by the token of a mailed link; 2 requests.

    The link also proves the account's address, unless another account has proved it before. Sign-ins that are locked
    for this user and IP address are free again. Raises Refused `reset_link_void`, InvalidInput, Busy.
    """
    user = reset_user(username, token)
    password_hash = passwords.hashed(new, user, field="new_password")
    forget = lockout.sign_in_try(user.username, address)
    if user.email_confirmed:
        return _set_password(user, password_hash, forget=forget)
    try:
        return _set_password(user, password_hash, forget=forget, also=proof_writes(user))
    except AddressProvedByAnother:
        return _set_password(user, password_hash, forget=forget)


def reset_user(username: str, token: str) -> User:
    """The user of a mailed link; 1 request. Raises Refused `reset_link_void`."""
    user = find_user(username) if username else None
    if user is None or not user.is_active or not passwords.reset_tokens.check_token(user, token):  # type: ignore[arg-type]
        raise Refused("reset_link_void", "This link was already used or is too old. Ask for a new one.")
    return user


def check_password(user: User, password: str, *, field: str) -> str:
    """Check it; the name under which this try is counted, for the caller to forget with the change.

    Raises InvalidInput, LockedOut; Busy, and then no try is counted.
    """
    with passwords.hashing_turn():
        try_name = lockout.password_try(user.username)
        lockout.count(try_name)
        if not passwords.matches(password, user):
            raise InvalidInput({field: [WRONG_PASSWORD]})
        return try_name


def _ask_for_reset(address: str) -> bool:
    """Count the request and write its event; False, with nothing written, after too many."""
    try_name = lockout.reset_try(address)
    before = lockout.tries(try_name)
    now = clock.now()
    until = before.locked_until()
    if until is not None and now < until:
        return False
    commit([attempts_put(try_name, before, now), event_put(events.password_reset_requested(address))])
    return True


def _set_password(user: User, password_hash: str, *, forget: str, also: Sequence[Write] = ()) -> User:
    """Write the password; with `also`, the writes that go with a proved address, that too."""
    changed = replace(
        user,
        password_hash=password_hash,
        credential_version=user.credential_version + 1,
        updated_at=clock.now(),
        email_unconfirmed_since=None if also else user.email_unconfirmed_since,
    )
    values = users.fields(changed, "password_hash", "credential_version", "updated_at", "email_unconfirmed_since")
    unchanged = users.still_has(user, "password_hash", "credential_version", "email", "email_unconfirmed_since")
    write = users.user_change(user.username, values, condition=unchanged)
    try:
        commit([write, attempts_delete(forget), *also], failures={"email": AddressProvedByAnother()})
    except LostRace as error:
        raise overtaken("Your account") from error
    stream.recheck_sign_in(user.username)
    if also:
        outbox.nudge(user.username)
    return changed
