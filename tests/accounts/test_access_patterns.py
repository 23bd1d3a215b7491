"""Each question to the tables of users, sessions and keys is one request."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

import pytest
import time_machine

from core import clock
from core.accounts.repositories import api_keys, sessions, users
from core.accounts.selectors import api_keys_of, find_api_key, find_user, holder_of, user_of, users_page
from core.accounts.services import api_key_create
from core.reading import Rows
from core.storage import Key, store
from tests.builders import a_user
from tests.counting import got, one_request, queried

T = TypeVar("T")

pytestmark = pytest.mark.every_backend


def test_users_by_username() -> None:
    alice = a_user()
    with one_request():
        found = find_user("alice")
    assert found == alice


def test_users_by_email() -> None:
    a_user("bob")
    a_user()
    with one_request():
        found = user_of("alice@example.com")
    assert found is not None
    assert found.username == "alice"


def test_users_exists() -> None:
    a_user()
    with one_request():
        store().transact_write([users.open_check("alice")])


def test_reservations_holder_of_an_address() -> None:
    a_user()
    with one_request():
        assert holder_of("alice@example.com") == "alice"


def test_sessions_one() -> None:
    session = sessions.Session("signed", clock.now() + timedelta(days=1), "alice")
    store().write(sessions.session_put("the-key", session))
    item = got(sessions.session_address("the-key"))
    assert item is not None
    assert sessions.session_from_item(item).username == "alice"


def test_api_keys_one() -> None:
    key, secret = api_key_create(a_user(), name="Tests", scope="read", expires_at=clock.now() + timedelta(days=1))
    with one_request():
        found = find_api_key(secret)
    assert found is not None
    assert found.key_id == key.key_id


def test_api_keys_of_a_user() -> None:
    alice, bob = a_user(), a_user("bob")
    until = clock.now() + timedelta(days=1)
    with time_machine.travel(clock.now(), tick=False) as time:
        first, _ = api_key_create(alice, name="first", scope="read", expires_at=until)
        time.shift(1)
        second, _ = api_key_create(alice, name="second", scope="read", expires_at=until)
    api_key_create(bob, name="other", scope="read", expires_at=until)
    page = queried(api_keys.keys_query("alice"))
    assert [item["key_id"] for item in page.items] == [second.key_id, first.key_id]


def test_rows_of_one_millisecond_are_each_listed_once() -> None:
    with time_machine.travel(clock.now(), tick=False):
        made = [a_user(name) for name in ("alice", "bob", "carol")]
        keys = [api_key_create(made[0], name=name, scope="read", expires_at=None)[0] for name in "abc"]
    pages = walked(lambda cursor: users_page(role="user", limit=1, cursor=cursor))
    assert sorted(user.username for user in pages) == ["alice", "bob", "carol"]
    listed = walked(lambda cursor: api_keys_of("alice", limit=1, cursor=cursor))
    assert sorted(key.key_id for key in listed) == sorted(key.key_id for key in keys)


def walked(read: Callable[[Key | None], Rows[T]]) -> list[T]:
    """What is on all pages of a list."""
    rows = read(None)
    found = [*rows.items]
    while rows.cursor is not None:
        rows = read(rows.cursor)
        found += rows.items
    return found
