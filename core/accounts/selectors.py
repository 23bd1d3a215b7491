"""Reading accounts."""

from collections.abc import Iterable, Iterator
from functools import reduce
from operator import and_

from core import clock
from core.accounts.domain import ApiKey, Role, Status, User
from core.accounts.email_form import looked_up
from core.accounts.repositories import api_keys, reservations, users
from core.accounts.reservations import Reservation
from core.accounts.usage import MOST_KEYS
from core.errors import NotFound
from core.reading import Rows, every, many, one, read_page
from core.storage import Attr, Key


def user_get(username: str) -> User:
    """The user of this name; 1 request. Raises NotFound."""
    user = find_user(username, consistent=False)
    if user is None:
        raise NotFound("That user")
    return user


def find_user(username: str, *, consistent: bool = True) -> User | None:
    """The user of this name, None where there is none; 1 request."""
    return one(users.user_address(username), users.user_from_item, consistent=consistent)


def user_of(identifier: str) -> User | None:
    """The user with this username or email address, however it is written; None when there is none. 1 request."""
    name = identifier.strip().lower()
    if not name:
        return None
    if "@" not in name:
        return find_user(name, consistent=False)
    return next(map(users.user_from_item, every(users.email_query(name))), None)


def find_reservation(email: str) -> Reservation | None:
    """Who holds an address at this moment; 1 request."""
    return one(reservations.reservation_address(email), reservations.reservation_from_item)


def reservations_of(emails: Iterable[str]) -> dict[str, Reservation]:
    """Those of these addresses that are held, by address; 1 request, consistent."""
    wanted = list(dict.fromkeys(emails))
    items = many([reservations.reservation_address(email) for email in wanted])
    found = zip(wanted, items, strict=True)
    return {email: reservations.reservation_from_item(item) for email, item in found if item is not None}


def holder_of(typed: str) -> str | None:
    """The username that an address belongs to at this moment, in whatever form it was typed; 1 request."""
    forms = looked_up(typed)
    held = reservations_of(forms)
    return next((held[form].username for form in forms if form in held and held[form].signs_in()), None)


def user_to_reset(email: str) -> User | None:
    """Who may get a link that sets a new password, mailed to an address; 2 requests, both consistent.

    None where nobody holds the address, where the account may not be used, and for a sample.
    """
    username = holder_of(email)
    user = None if username is None else find_user(username)
    return user if user is not None and user.is_active and user.has_mailbox else None


def user_asked_to_confirm(username: str, email: str) -> User | None:
    """The user, while this is the account's address and waits for proof; 1 request, consistent."""
    user = find_user(username)
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
    conditions = [] if status is None else [Attr("status").eq(status)]
    if role is not None and prefix:
        conditions.append(Attr("role").eq(role))
    only = reduce(and_, conditions) if conditions else None
    query = users.directory_query(prefix, only=only) if prefix or role is None else users.role_query(role, only=only)
    return read_page(query, users.user_from_item, limit=limit, cursor=cursor)


def api_keys_of(username: str, *, limit: int = MOST_KEYS, cursor: Key | None = None) -> Rows[ApiKey]:
    """Keys of a user that are valid now, newest first; 1 request."""
    page = read_page(api_keys.keys_query(username), api_keys.key_from_item, limit=limit, cursor=cursor)
    now = clock.now()
    return Rows(tuple(key for key in page.items if not key.is_expired(now)), page.cursor)


def api_key_get(secret: str) -> ApiKey:
    """The key with this secret; 1 request. Raises NotFound for one that is unknown, revoked or expired."""
    key = find_api_key(secret)
    if key is None or key.is_expired(clock.now()):
        raise NotFound("That key")
    return key


def find_api_key(secret: str) -> ApiKey | None:
    """The key, expired or not; 1 request, consistent, so that a key revoked elsewhere is void here."""
    return one(api_keys.key_address(api_keys.digest_of(secret)), api_keys.key_from_item)
