"""Reading accounts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from operator import and_

from core import clock
from core.accounts.domain import ApiKey, Role, Status, User
from core.accounts.repositories import api_keys, reservations, users
from core.errors import NotFound
from core.reading import Rows, every, read_page
from core.storage import Attr, Key


def user_get(username: str) -> User:
    """The user of this name; 1 request. Raises NotFound."""
    user = users.get(username)
    if user is None:
        raise NotFound("That user")
    return user


def user_of(identifier: str) -> User | None:
    """The user with this username or email address, however it is written; None when there is none. 1 request."""
    name = identifier.strip().lower()
    if not name:
        return None
    return users.by_email(name) if "@" in name else users.get(name)


def user_to_reset(email: str) -> User | None:
    """Who may get a link that sets a new password, mailed to an address; 2 requests, both consistent.

    None where nobody holds the address, where the account may not be used, and for a sample.
    """
    username = reservations.holder_of(email)
    user = None if username is None else users.get(username, consistent=True)
    return user if user is not None and user.is_active and user.has_mailbox else None


def user_asked_to_confirm(username: str, email: str) -> User | None:
    """The user, while this is the account's address and waits to be proved; 1 request, consistent."""
    user = users.get(username, consistent=True)
    return user if user is not None and user.email == email and not user.email_confirmed else None


def users_named(prefix: str) -> Iterator[User]:
    """Users whose names begin so, by name; one request for each 1 MB. May lag."""
    return map(users.user_from_item, every(users.directory_query(prefix)))


def users_page(
    *,
    prefix: str = "",
    role: Role | None = None,
    status: Status | None = None,
    limit: int,
    cursor: Key | None = None,
) -> Rows[User]:
    """Users whose names begin so, by name; without a beginning those of a role, newest account first. May lag.

    One request. With a filter that is no key (a status; a role among names) at most 5 requests fill the page, which
    may be short and still have a cursor.
    """
    by_role = role is not None and not prefix
    wanted = {"status": status, "role": None if by_role else role}
    conditions = [Attr(name).eq(value) for name, value in wanted.items() if value is not None]
    only = reduce(and_, conditions) if conditions else None
    if role is not None and not prefix:
        query = users.role_query(role, only=only)
    else:
        query = users.directory_query(prefix, only=only)
    return read_page(query, users.user_from_item, limit=limit, cursor=cursor)


def api_keys_of(username: str, *, limit: int | None = None, cursor: Key | None = None) -> Rows[ApiKey]:
    """Keys of a user that are valid now, newest first; 1 request."""
    page = api_keys.page_of(username, limit=limit, cursor=cursor)
    now = clock.now()
    return Rows(tuple(key for key in page.items if not key.is_expired(now)), page.cursor)


def api_key_get(secret: str) -> ApiKey:
    """The key with this secret; 1 request. Raises NotFound for one that is unknown, revoked or expired."""
    key = api_keys.get(secret)
    if key is None or key.is_expired(clock.now()):
        raise NotFound("That key")
    return key
