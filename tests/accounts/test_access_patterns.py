"""Each question to the tables of users, sessions and keys is one request."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from core import clock
from core.accounts.repositories import api_keys, reservations, sessions, users
from core.accounts.services import api_key_create
from core.storage import store
from tests.builders import a_user
from tests.counting import one_request

pytestmark = pytest.mark.every_backend


def test_users_by_username() -> None:
    alice = a_user()
    with one_request():
        found = users.get("alice")
    assert found == alice


def test_users_by_email() -> None:
    a_user("bob")
    a_user()
    with one_request():
        found = users.by_email("alice@example.com")
    assert found is not None
    assert found.username == "alice"


def test_users_exists() -> None:
    a_user()
    with one_request():
        store().transact_write([users.open_check("alice")])


def test_reservations_holder_of_an_address() -> None:
    a_user()
    with one_request():
        assert reservations.holder_of("alice@example.com") == "alice"


def test_sessions_one() -> None:
    session = sessions.Session("signed", clock.now() + timedelta(days=1), "alice")
    sessions.create("the-key", session)
    with one_request():
        found = sessions.get("the-key")
    assert found is not None
    assert found.username == "alice"


def test_api_keys_one() -> None:
    key, secret = api_key_create(a_user(), name="Tests", scope="read", expires_at=clock.now() + timedelta(days=1))
    with one_request():
        found = api_keys.get(secret)
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
    with one_request():
        page = api_keys.page_of("alice")
    assert [key.key_id for key in page.items] == [second.key_id, first.key_id]
