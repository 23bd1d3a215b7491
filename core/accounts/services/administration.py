"""What an administrator decides about a user: the role, and whether the account may be used."""

from dataclasses import replace
from typing import Any

from core import clock, stream
from core.accounts.domain import ROLES, SETTABLE_STATUSES, Status, User
from core.accounts.repositories import users
from core.accounts.rights import CHANGE_USERS, right_check
from core.accounts.selectors import find_user
from core.audit import COMMAND_LINE, audit_put, checked_reason
from core.commit import commit
from core.errors import NotFound, Refused
from core.field_rules import Normal, normalised, one_of
from core.retry import optimistic
from core.storage import Write

ADMINISTRATION: dict[str, Normal] = {
    "role": one_of(lambda: ROLES, f"Choose one of {', '.join(ROLES)}."),
    "status": one_of(lambda: SETTABLE_STATUSES, f"Choose one of {', '.join(SETTABLE_STATUSES)}."),
}
STATUS_MOVES: dict[Status, tuple[Status, ...]] = {
    "pending": ("active", "rejected"),
    "active": ("suspended",),
    "suspended": ("active",),
    "rejected": ("active",),
    "closing": (),
}
"""From a status to those that the staff can give; the command line may give any."""
GIVEN_BY_COMMAND = "From the command line."


def user_administer(
    username: str, *, role: str | None = None, status: str | None = None, by: User | None, reason: str
) -> User:
    """Give a user another role, another status or both, with an audit entry for each; 2 requests.

    `by` None is the command line. What is already so is left alone, without an entry. A user who is no longer active
    is signed out everywhere, and their keys do not work until the account is readmitted.

    Raises InvalidInput; Refused `own_account` or `status_move`; NotPermitted where the actor has lost the right
    meanwhile; NotFound, also for an account that is being closed.
    """
    reason = checked_reason(reason)
    wanted = normalised(
        ADMINISTRATION, {name: value for name, value in (("role", role), ("status", status)) if value is not None}
    )
    if by is not None and by.username == username:
        raise Refused("own_account", "You cannot change your own role or status. Ask another administrator.")
    before, after = optimistic(lambda: _administer(username, wanted, by, reason))
    if after.status != before.status:
        stream.recheck_sign_in(username)
    return after


def role_grant(username: str, role: str, *, by: User | None = None, reason: str = GIVEN_BY_COMMAND) -> User:
    """Give a user a role in place of the one before; as `user_administer`."""
    return user_administer(username, role=role, by=by, reason=reason)


def status_set(username: str, status: str, *, by: User | None = None, reason: str = GIVEN_BY_COMMAND) -> User:
    """Approve, suspend, reject or readmit a user; as `user_administer`."""
    return user_administer(username, status=status, by=by, reason=reason)


def _administer(username: str, wanted: dict[str, Any], by: User | None, reason: str) -> tuple[User, User]:
    """The user before and after."""
    user = find_user(username)
    if user is None or user.status == "closing":
        raise NotFound("That user")
    changes = {name: value for name, value in wanted.items() if value != getattr(user, name)}
    if not changes:
        return user, user
    if by is not None and "status" in changes:
        _check_move(user.status, changes["status"])
    values: dict[str, Any] = {**changes, "updated_at": clock.now()}
    if user.is_active and "status" in changes:
        values["credential_version"] = user.credential_version + 1
    unchanged = users.NOT_CLOSING & users.still_has(user, "role", "status", "credential_version")
    writes: list[Write] = [users.user_change(username, values, condition=unchanged)]
    actor = COMMAND_LINE if by is None else by.username
    for name, value in changes.items():
        writes.append(
            audit_put(actor, f"user.{name}", f"user#{username}", reason, {name: (getattr(user, name), value)})
        )
    if by is not None:
        writes.append(right_check(by, CHANGE_USERS))
    commit(writes)
    return user, replace(user, **values)


def _check_move(now: Status, wanted: Status) -> None:
    if wanted not in STATUS_MOVES[now]:
        raise Refused("status_move", f"An account that is {now} cannot become {wanted}.", field="status")
