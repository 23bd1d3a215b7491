"""The address of an account: changed, proved by a mailed link, and restored by one."""

from dataclasses import replace

from core import clock, outbox, stream
from core.accounts import address_links, events
from core.accounts.domain import User
from core.accounts.email_form import normal_email
from core.accounts.repositories import users
from core.accounts.repositories.attempts import attempts_delete
from core.accounts.reservations import KeptAddress
from core.accounts.selectors import find_reservation, find_user, reservations_of
from core.accounts.services import lockout
from core.accounts.services.address_writes import (
    AddressProvedByAnother,
    Move,
    addresses_of,
    back_to,
    move_to,
    own,
    proof_writes,
)
from core.accounts.services.credentials import check_password
from core.commit import commit
from core.errors import Refused
from core.events import event_put
from core.field_rules import normalised
from core.replay import overtaken
from core.retry import optimistic
from core.storage import Put, Write

WRITTEN = ("email", "email_unconfirmed_since", "kept_addresses", "credential_version")
"""The fields that a move reads and writes."""


def email_change(user: User, *, password: str, email: str) -> User:
    """Move the account to another address, which then waits for proof; 5 requests.

    A proved address that is left stays reserved for a week, and a mail there says how to undo the change; so an
    address that the account had within the last week is its own again at once. Reset links mailed to the old address
    are void. Raises InvalidInput for a wrong password or address, LockedOut, Refused `email_taken` or `email_changes`
    (after five within a week), and TooOften `too_many_links` after five links within 300 seconds.
    """
    new = normalised({"email": normal_email}, {"email": email})["email"]
    try_name = check_password(user, password, field="password")
    if new == user.email:
        lockout.forget(try_name)
        return user
    changed = optimistic(lambda: _move(user, new, forget=try_name))
    outbox.nudge(user.username)
    return changed


def address_link_request(user: User) -> None:
    """Mail the link that confirms the account's address again; 3 requests.

    Raises Refused `email_confirmed`, or `email_taken` where another account has proved it since, and TooOften
    `too_many_links` after five within 300 seconds.
    """
    if user.email_confirmed:
        raise Refused("email_confirmed", "Your address is confirmed already.")
    check_not_proved_by_another(user)
    optimistic(lambda: _ask_for_link(user))
    outbox.nudge(user.username)


def check_not_proved_by_another(user: User) -> None:
    """Raises Refused `email_taken` where another account has proved the address that this one names; 1 request."""
    held = find_reservation(user.email)
    if held is not None and held.username != user.username and held.is_proved(clock.now()):
        raise AddressProvedByAnother


def address_to_confirm(token: str) -> User:
    """The account whose address a mailed link confirms, or has confirmed; 1 request. Raises Refused `link_void`."""
    link = address_links.confirm_link(token)
    user = find_user(link.username)
    if user is None or user.status == "closing" or user.email != link.email:
        raise address_links.void()
    if not user.email_confirmed and user.credential_version != link.credential_version:
        raise address_links.void()
    return user


def address_confirm(token: str) -> User:
    """Confirm an address by the token of a mailed link, as often as it comes; 2 requests.

    Raises Refused `link_void`, or `email_taken` where another account has confirmed it before.
    """
    return optimistic(lambda: _confirm(address_to_confirm(token)))


def address_to_revert(token: str) -> tuple[User, KeptAddress]:
    """The account and the address that a mailed link gives it back; 1 request. Raises Refused `link_void`."""
    link = address_links.revert_link(token)
    user = find_user(link.username)
    kept = KeptAddress(link.email, link.kept_until)
    if user is None or user.status == "closing" or kept not in user.kept_addresses or kept.kept_until <= clock.now():
        raise address_links.void()
    return user, kept


def address_revert(token: str) -> User:
    """Restore the address that the account had before a change, by the token of a mailed link; 3 requests.

    Every session and every reset link is void. So are the links of all changes since: otherwise an intruder could
    undo it in turn. Raises Refused `link_void`.
    """
    user = optimistic(lambda: _revert(token))
    outbox.nudge(user.username)
    stream.recheck_sign_in(user.username)
    return user


def _move(user: User, new: str, *, forget: str) -> User:
    now = clock.now()
    held = reservations_of([*addresses_of(user), new])
    kept = next((each for each in user.kept_addresses if each.email == new and each.kept_until > now), None)
    is_back = kept is not None and bool(own(user, held, [new]))
    more: list[Write] = [attempts_delete(forget)]
    if kept is not None and is_back:
        move = back_to(user, kept, held, now)
    else:
        move = move_to(user, new, held, now)
        more.append(_counted(user))
    commit([*_writes(user, move), *more], failures={"user": overtaken("Your account")})
    return move.after


def _confirm(user: User) -> User:
    if user.email_confirmed:
        return user
    changed = replace(user, email_unconfirmed_since=None)
    values = users.fields(changed, "email_unconfirmed_since")
    unchanged = users.NOT_CLOSING & users.still_has(user, "email", "email_unconfirmed_since", "credential_version")
    write = users.user_change(user.username, values, condition=unchanged)
    commit([write, *proof_writes(user)], failures={"email": AddressProvedByAnother()})
    outbox.nudge(user.username)
    return changed


def _revert(token: str) -> User:
    user, kept = address_to_revert(token)
    held = reservations_of(addresses_of(user))
    if not own(user, held, [kept.email]):
        raise address_links.void()
    move = back_to(user, kept, held, clock.now())
    move = replace(move, after=replace(move.after, credential_version=user.credential_version + 1))
    commit(_writes(user, move))
    return move.after


def _writes(user: User, move: Move) -> list[Write]:
    """The writes of a move; they fail where the account or an address was changed since."""
    values = users.fields(move.after, *WRITTEN, "updated_at")
    unchanged = users.NOT_CLOSING & users.still_has(user, *WRITTEN)
    return [users.user_change(user.username, values, condition=unchanged), *move.writes]


def _ask_for_link(user: User) -> None:
    commit([_counted(user), event_put(events.address_named(user)), users.open_check(user.username)])


def _counted(user: User) -> Put:
    """The write that counts one more link mailed for the user: to their own address, or to one they only name."""
    try_name = lockout.confirm_try(user.username)
    what = "Five links to confirm an address were mailed."
    return lockout.counting_write(try_name, lockout.tries(try_name), code="too_many_links", what=what)
