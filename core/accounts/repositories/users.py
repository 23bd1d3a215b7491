"""Users as rows of the Users table."""

from collections.abc import Mapping
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from core import clock
from core.accounts.app_settings import defaults as setting_defaults
from core.accounts.domain import Role, User
from core.accounts.reservations import KeptAddress
from core.accounts.tables import USERS
from core.storage.operations import (
    Attr,
    Change,
    Check,
    ConditionBase,
    Delete,
    Get,
    Item,
    KeyCondition,
    Put,
    Query,
    Update,
)

DIRECTORY = "users"
THERE: ConditionBase = Attr("username").exists()
NOT_CLOSING: ConditionBase = THERE & Attr("status").ne("closing")
MOMENTS = ("created_at", "updated_at", "last_sign_in", "email_unconfirmed_since")
EMPTY: tuple[object, ...] = ("", None, ())
"""What a row does not hold: a field that is absent reads as the default."""
_FIELDS = tuple(name for name in User.__dataclass_fields__ if name != "app_settings")


def user_address(username: str) -> Get:
    """Where a user is."""
    return Get(USERS, {"username": username})


def email_query(email: str) -> Query:
    """The user with this address. May lag."""
    return Query(USERS, KeyCondition("email").eq(email), index="EmailIndex", limit=1)


def directory_query(prefix: str = "", *, only: ConditionBase | None = None) -> Query:
    """Users whose names begin so, all for an empty beginning, by name. May lag.

    `only` leaves out rows after they were counted against a limit.
    """
    where: ConditionBase = KeyCondition("directory").eq(DIRECTORY)
    if prefix:
        where = where & KeyCondition("username").begins_with(prefix)
    return Query(USERS, where, index="DirectoryIndex", filter=only)


def role_query(role: Role, *, only: ConditionBase | None = None) -> Query:
    """Users who have a role, newest account first; as `directory_query`."""
    return Query(USERS, KeyCondition("role").eq(role), index="RoleIndex", filter=only, descending=True)


def new_user_put(user: User) -> Put:
    """The row of a new account, label `username`."""
    return Put(USERS, user_item(user), condition=Attr("username").not_exists(), label="username")


def user_change(username: str, values: Mapping[str, Any], *, condition: ConditionBase = THERE) -> Change:
    """Set these fields of an account that is there, clearing those that are empty; label `user`.

    The condition, by default that the account is there, must not hold for one that is not.
    """
    return Change(USERS, {"username": username}, _update(values), condition=condition, label="user")


def open_check(username: str) -> Check:
    """The condition, label `account`, that the account is there and is not being closed.

    It belongs into each transaction that makes a row of a user which depends on no other row of the account: a row
    made after the erasure would stay, and belong to the next owner of the name.
    """
    return Check(USERS, {"username": username}, NOT_CLOSING, "account")


def unconfirmed_check(username: str) -> Check:
    """The condition, label `unconfirmed`, that the account's address still waits for proof."""
    return Check(USERS, {"username": username}, Attr("email_unconfirmed_since").exists(), "unconfirmed")


def user_delete(username: str, *, condition: ConditionBase) -> Delete:
    """Delete the account's row, label `user`."""
    return Delete(USERS, {"username": username}, condition=condition, label="user")


def still_has(user: User, *fields: str) -> ConditionBase:
    """The condition that these fields of the account are still as they were read."""
    item = user_item(user)
    conditions = [Attr(name).eq(item[name]) if name in item else Attr(name).not_exists() for name in fields]
    return reduce(and_, conditions)


def fields(user: User, *names: str) -> dict[str, Any]:
    """Some fields of the user by name, for a change."""
    return {name: getattr(user, name) for name in names}


def user_item(user: User) -> Item:
    """The row of a user; empty fields are left out."""
    values = {**{name: getattr(user, name) for name in _FIELDS}, **user.app_settings}
    item = {name: _stored(value) for name, value in values.items() if value not in EMPTY}
    return {**item, "directory": DIRECTORY}


def user_from_item(item: Item) -> User:
    """The user that a row describes."""
    values = {name: item[name] for name in _FIELDS if name in item}
    for name in MOMENTS:
        if name in values:
            values[name] = clock.from_text(values[name])
    for name in ("refresh_seconds", "credential_version"):
        if name in values:
            values[name] = int(values[name])
    if "kept_addresses" in values:
        values["kept_addresses"] = tuple(
            KeptAddress(kept["email"], clock.from_text(kept["kept_until"])) for kept in values["kept_addresses"]
        )
    chosen = {name: item.get(name, default) for name, default in setting_defaults().items()}
    return User(**values, app_settings=chosen)


def _update(values: Mapping[str, Any]) -> Update:
    kept = {name: _stored(value) for name, value in values.items() if value not in EMPTY}
    return Update(set=kept, remove=tuple(name for name in values if name not in kept))


def _stored(value: Any) -> Any:
    if isinstance(value, tuple):
        return [{"email": kept.email, "kept_until": clock.to_text(kept.kept_until)} for kept in value]
    return clock.to_text(value) if isinstance(value, datetime) else value
