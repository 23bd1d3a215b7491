"""Five failed sign-ins within 300 seconds lock that name and address for 300 seconds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from core.accounts.attempts import Attempts
from core.accounts.errors import LockedOut, SignInFailed
from core.accounts.services import user_sign_in
from core.storage import Store
from tests.builders import PASSWORD, a_user

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WRONG = "not-her-passphrase"
HERE = "203.0.113.7"


def _fail(identifier: str = "alice", times: int = 1, address: str = HERE) -> None:
    for _ in range(times):
        with pytest.raises(SignInFailed):
            user_sign_in(identifier, WRONG, address=address)


def test_the_sixth_try_is_not_looked_at() -> None:
    a_user()
    with time_machine.travel(NOON, tick=False) as clock:
        _fail(times=5)
        clock.shift(299)
        with pytest.raises(LockedOut) as locked:
            user_sign_in("alice", PASSWORD, address=HERE)
        assert locked.value.retry_after == 1
        clock.shift(1)
        assert user_sign_in("alice", PASSWORD, address=HERE).username == "alice"


def test_the_page_says_how_long(client: Client) -> None:
    a_user()
    for _ in range(5):
        client.post("/sign-in/", {"identifier": "alice", "password": WRONG})
    response = client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    assert response.status_code == 429
    assert 299 <= int(response["Retry-After"]) <= 300
    assert "5 minutes" in response.content.decode()


def test_another_address_and_another_name_are_free() -> None:
    a_user()
    a_user("bob")
    _fail(times=5)
    assert user_sign_in("alice", PASSWORD, address="203.0.113.8").username == "alice"
    assert user_sign_in("bob", PASSWORD, address=HERE).username == "bob"


def test_username_and_email_address_count_together() -> None:
    a_user()
    _fail("alice", 3)
    _fail("alice@example.com", 2)
    with pytest.raises(LockedOut):
        user_sign_in("ALICE@example.com", PASSWORD, address=HERE)


def test_an_unknown_name_locks_as_well() -> None:
    _fail("zacharias", 5)
    with pytest.raises(LockedOut):
        user_sign_in("zacharias", WRONG, address=HERE)


def test_a_success_forgets_the_failures() -> None:
    a_user()
    _fail(times=4)
    user_sign_in("alice", PASSWORD, address=HERE)
    _fail(times=4)
    assert user_sign_in("alice", PASSWORD, address=HERE).username == "alice"


def test_failures_far_apart_do_not_lock() -> None:
    a_user()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(12):
            _fail()
            clock.shift(75)
        assert user_sign_in("alice", PASSWORD, address=HERE).username == "alice"


def test_the_window_slides() -> None:
    a_user()
    with time_machine.travel(NOON, tick=False) as clock:
        _fail()
        clock.shift(200)
        _fail(times=2)
        clock.shift(150)
        _fail(times=2)
        assert user_sign_in("alice", PASSWORD, address=HERE)
        _fail(times=5)
        with pytest.raises(LockedOut):
            user_sign_in("alice", PASSWORD, address=HERE)


@pytest.mark.every_backend
def test_many_guesses_at_once_count_too() -> None:
    a_user()

    def guess(number: int) -> str:
        try:
            user_sign_in("alice", f"guess-{number}-of-many", address=HERE)
        except (SignInFailed, LockedOut) as error:
            return error.code
        return "signed in"

    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(guess, range(16)))
    assert codes.count("sign_in_failed") == 5
    assert codes.count("locked_out") == 11


def test_the_row_leaves_by_itself(store: Store) -> None:
    with time_machine.travel(NOON, tick=False):
        _fail()
    assert store.purge_expired(NOON + timedelta(seconds=601)) == 1


@pytest.mark.parametrize(
    ("seconds", "until"),
    [
        ([0, 1, 2, 3], None),
        ([0, 1, 2, 3, 4], 304),
        ([0, 1, 2, 3, 299], 599),
        ([0, 1, 2, 3, 300], None),
    ],
)
def test_when_the_lock_ends(seconds: list[int], until: int | None) -> None:
    attempts = Attempts(tuple(NOON + timedelta(seconds=second) for second in seconds))
    assert attempts.locked_until() == (None if until is None else NOON + timedelta(seconds=until))
