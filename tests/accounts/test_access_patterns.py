"""Each question to the tables of users, sessions and keys is one request."""

from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.accounts.repositories import api_keys, sessions, users
from core.accounts.selectors import find_api_key, find_user, holder_of, user_of
from core.accounts.services import api_key_create
from core.storage import store
from tests.builders import a_user
from tests.counting import got, one_request, queried

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
