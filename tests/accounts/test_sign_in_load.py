"""A fixed number of passwords is hashed at the same time; others wait, or are refused, which counts for nothing."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from core.accounts import passwords
from core.accounts.attempts import MOST_TRIES
from core.accounts.errors import LockedOut, SignInFailed
from core.accounts.selectors import find_user
from core.accounts.services import lockout, user_sign_in
from core.errors import Busy
from tests.builders import PASSWORD, a_user

HERE = "203.0.113.7"
WRONG = "not-her-passphrase"
NEW = "another fine passphrase"


class WatchedHasher(MD5PasswordHasher):
    """A cheap hasher that takes a while and counts how many are at it at the same time."""

    algorithm = "watched"
    lock = threading.Lock()
    now = most = 0

    def encode(self, password: str, salt: str) -> str:
        """Hashes, after a while."""
        cls = WatchedHasher
        with cls.lock:
            cls.now += 1
            cls.most = max(cls.most, cls.now)
        time.sleep(0.02)
        with cls.lock:
            cls.now -= 1
        return super().encode(password, salt)


@contextmanager
def every_turn_taken() -> Iterator[None]:
    """Somebody else hashes for as long as this lasts."""
    taken, free = threading.Event(), threading.Event()

    def hash_for_long() -> None:
        with passwords.hashing_turn():
            taken.set()
            assert free.wait(30)

    with ThreadPoolExecutor(1) as threads:
        somebody = threads.submit(hash_for_long)
        assert taken.wait(30)
        try:
            yield
        finally:
            free.set()
            somebody.result(30)


@pytest.fixture(autouse=True)
def _one_at_a_time(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHES_AT_ONCE = 1
    monkeypatch.setattr(passwords, "WAITS", 0.05)


def test_no_more_are_hashed_at_once_than_the_setting_says(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.WatchedHasher"]
    settings.PASSWORD_HASHES_AT_ONCE = 3
    monkeypatch.setattr(passwords, "WAITS", 30.0)
    names = [f"user{number}" for number in range(20)]
    for name in names:
        a_user(name)
    WatchedHasher.most = 0
    with ThreadPoolExecutor(20) as threads:
        found = list(threads.map(lambda name: user_sign_in(name, PASSWORD, address=HERE).username, names))
    assert found == names
    assert WatchedHasher.most == 3


def by_page(path: str, **form: str) -> Callable[[Client], Any]:
    """Sends a form."""
    return lambda client: client.post(path, form)


def by_api(path: str, **body: str) -> Callable[[Client], Any]:
    """Sends JSON."""
    return lambda _: APIClient().post(path, body, format="json")


VISITORS = {
    "sign-in": by_page("/sign-in/", identifier="alice", password=PASSWORD),
    "sign-in of nobody": by_page("/sign-in/", identifier="zacharias", password=PASSWORD),
    "sign-up": by_page(
        "/sign-up/", username="bob", email="bob@example.com", password=NEW, account="practice", home_currency="usd"
    ),
    "token": by_api("/api/v1/auth/token/", username="alice", password=PASSWORD),
    "register": by_api("/api/v1/auth/register/", username="bob", email="bob@example.com", password=NEW),
}
SIGNED_IN = {
    "password change": by_page("/settings/password/", current_password=PASSWORD, new_password=NEW),
    "email change": by_page("/settings/email/", password=PASSWORD, email="new@example.com"),
    "close": by_page("/settings/close/", password=PASSWORD),
}


@pytest.mark.parametrize("name", [*VISITORS, *SIGNED_IN])
def test_a_request_that_cannot_wait_gets_the_seconds_and_is_not_counted(client: Client, name: str) -> None:
    alice = a_user()
    if name in SIGNED_IN:
        client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    with every_turn_taken():
        answer = {**VISITORS, **SIGNED_IN}[name](client)
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    if answer["Content-Type"].startswith("application/problem+json"):
        assert answer.json()["code"] == "busy"
    assert lockout.tries(lockout.password_try("alice")).times == ()
    assert lockout.tries(lockout.sign_in_try("alice", "127.0.0.1")).times == ()
    assert find_user("bob") is None
    found = find_user("alice")
    assert found is not None
    assert (found.password_hash, found.email, found.status) == (alice.password_hash, alice.email, "active")


def test_a_reset_link_is_still_good_after_it(client: Client) -> None:
    alice = a_user()
    link = f"/password-reset/alice/{passwords.reset_tokens.make_token(alice)}/"  # type: ignore[arg-type]
    with every_turn_taken():
        assert client.post(link, {"new_password": NEW}).status_code == 503
    assert client.post(link, {"new_password": NEW}).status_code == 302
    assert user_sign_in("alice", NEW, address=HERE).username == "alice"


def test_load_neither_locks_anybody_out_nor_lets_anybody_guess_on() -> None:
    a_user()
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(SignInFailed):
            user_sign_in("alice", WRONG, address=HERE)
    with every_turn_taken():
        for _ in range(3 * MOST_TRIES):
            with pytest.raises(Busy):
                user_sign_in("alice", WRONG, address=HERE)
    with pytest.raises(SignInFailed):
        user_sign_in("alice", WRONG, address=HERE)
    with pytest.raises(LockedOut):
        user_sign_in("alice", PASSWORD, address=HERE)


def test_a_turn_is_free_again_after_a_refusal() -> None:
    a_user()
    for _ in range(2):
        with pytest.raises(SignInFailed):
            user_sign_in("alice", WRONG, address=HERE)
    assert user_sign_in("alice", PASSWORD, address=HERE).username == "alice"
