"""How many forms for visitors one address may send within a minute."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from core.accounts.errors import LockedOut, SignInFailed
from core.accounts.selectors import user_of
from core.accounts.services import user_sign_in
from core.addresses import counted_as
from tests.builders import PASSWORD, a_user

SENTENCE = "Too many forms were sent from your IP address. Wait 1 minute, then try again."
SIGN_UP = {
    "username": "carol",
    "email": "carol@example.com",
    "password": PASSWORD,
    "account": "empty",
    "home_currency": "usd",
}
FORMS = {
    "/sign-in/": {"identifier": "alice", "password": PASSWORD},
    "/sign-up/": SIGN_UP,
    "/password-reset/": {"email": "alice@example.com"},
}


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> Iterator[None]:
    settings.API_SIGN_INS_PER_MINUTE = 2
    cache.clear()
    yield
    cache.clear()


def use_up(address: str = "127.0.0.1") -> None:
    """Send as many forms as the address may."""
    for _ in range(2):
        Client(REMOTE_ADDR=address).post("/sign-in/", {"identifier": "nobody", "password": "not-a-password"})


def send(path: str, address: str = "127.0.0.1") -> Any:
    """What a good form is answered."""
    return Client(REMOTE_ADDR=address).post(path, FORMS[path])


@pytest.mark.parametrize("path", FORMS)
def test_one_more_is_answered_with_the_form_and_how_long_to_wait(path: str) -> None:
    a_user()
    use_up()
    response = send(path)
    assert response.status_code == 429
    assert 1 <= int(response["Retry-After"]) <= 60
    page = response.content.decode()
    assert SENTENCE in page
    assert next(iter(FORMS[path].values())) in page
    assert user_of("carol") is None


@pytest.mark.parametrize("path", FORMS)
def test_another_address_and_pages_that_are_only_read_are_free(path: str) -> None:
    a_user()
    use_up()
    assert Client().get(path).status_code == 200
    assert send(path, "203.0.113.8").status_code == 302


def test_addresses_of_one_ipv6_network_count_together() -> None:
    a_user()
    use_up("2001:db8:0:1::7")
    assert send("/sign-in/", "2001:db8:0:1:ffff::9").status_code == 429
    assert send("/sign-in/", "2001:db8:0:2::7").status_code == 302


def test_the_lock_out_counts_them_together_too() -> None:
    a_user()
    for last in range(5):
        with pytest.raises(SignInFailed):
            user_sign_in("alice", "not-her-passphrase", address=f"2001:db8:0:1::{last}")
    with pytest.raises(LockedOut):
        user_sign_in("alice", PASSWORD, address="2001:db8:0:1::99")
    assert user_sign_in("alice", PASSWORD, address="2001:db8:0:2::1").username == "alice"


def test_who_has_no_address_can_sign_in() -> None:
    a_user()
    assert send("/sign-in/", "").status_code == 302


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("local", "local"),
    ],
)
def test_what_an_address_is_counted_as(address: str, name: str) -> None:
    assert counted_as(address) == name
