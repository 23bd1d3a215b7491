"""Signing up on the page and through the service."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.test import Client

from core.accounts.domain import HOME_CURRENCIES, User
from core.accounts.repositories.users import user_item
from core.accounts.selectors import find_user, holder_of, user_get, user_of
from core.accounts.services import user_sign_up
from core.accounts.tables import USERS
from core.errors import InvalidInput, Refused
from core.storage import measured, store
from portfolio.selectors import portfolio_of
from portfolio.services import opening_writes
from tests.builders import PASSWORD, a_user
from tests.pages.forms import wrong_fields

ADDRESS = "/sign-up/"
GOOD = {
    "username": "alice",
    "email": "alice@example.com",
    "password": PASSWORD,
    "account": "practice",
    "home_currency": "usd",
}


def test_signing_up_signs_in_and_goes_to_the_overview(client: Client) -> None:
    response = client.post(ADDRESS, GOOD)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/settings/").status_code == 200


def test_names_are_kept_in_lower_case(client: Client) -> None:
    client.post(ADDRESS, {**GOOD, "username": " Alice ", "email": "Alice@Example.COM"})
    alice = user_get("alice")
    assert alice.email == "alice@example.com"
    assert user_of("ALICE@example.com") == alice


@pytest.mark.parametrize(("account", "cash"), [("practice", 10_000), ("empty", 0)])
def test_the_account_opens_as_chosen(client: Client, account: str, cash: int) -> None:
    client.post(ADDRESS, {**GOOD, "account": account})
    alice = user_get("alice")
    assert alice.account == account
    assert portfolio_of(alice).cash.balance == cash


@pytest.mark.parametrize("currency", HOME_CURRENCIES)
def test_the_currency_of_expenses_is_as_chosen_and_stays(client: Client, currency: str) -> None:
    client.post(ADDRESS, {**GOOD, "home_currency": currency})
    assert user_get("alice").home_currency == currency
    assert f"<dd>{currency.upper()}</dd>" in client.get("/settings/").content.decode()
    client.post("/settings/", {"full_name": "Alice", "home_currency": "usd", "theme": "dark"})
    assert user_get("alice").home_currency == currency


def test_an_account_of_before_has_us_dollars() -> None:
    alice = a_user()
    store().put(USERS, {name: value for name, value in user_item(alice).items() if name != "home_currency"})
    assert user_get("alice").home_currency == "usd"


def test_everything_is_one_transaction() -> None:
    with measured() as usage:
        alice = user_sign_up("alice", "alice@example.com", PASSWORD)
    assert usage.requests == 1
    assert user_get("alice") == alice


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("username", "", ""),
        ("username", "al", "3 to 30"),
        ("username", "a" * 31, "3 to 30"),
        ("username", "alice smith", "3 to 30"),
        ("username", "älice", "3 to 30"),
        ("email", "alice", "name@example.com"),
        ("email", "alice@localhost", "name@example.com"),
        ("email", "a@b@example.com", "name@example.com"),
        ("email", "alice@example.com\nBcc: all@example.com", "name@example.com"),
        ("email", f"{'a' * 250}@example.com", "name@example.com"),
        ("password", "short", "at least 12"),
        ("password", "1qaz2wsx3edc", "common"),
        ("password", "918273645546372819", "numeric"),
        ("password", "alice@example", "similar"),
        ("password", "x" * 129, "at most 128"),
        ("account", "sample", ""),
        ("account", "", ""),
        ("home_currency", "doge", ""),
        ("home_currency", "", ""),
    ],
)
def test_what_is_wrong_is_shown_at_its_field(client: Client, field: str, value: str, rule: str) -> None:
    response = client.post(ADDRESS, {**GOOD, field: value})
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {field}
    assert rule in wrong_fields(response)[field]
    assert find_user("alice") is None


def test_all_that_is_wrong_is_shown_at_once() -> None:
    with pytest.raises(InvalidInput) as wrong:
        user_sign_up("a", "nowhere", "short", "x" * 101, home_currency="doge")
    assert set(wrong.value.errors) == {"username", "email", "password", "full_name", "home_currency"}


def test_a_password_of_words_and_spaces_is_kept_as_typed(client: Client) -> None:
    client.post(ADDRESS, {**GOOD, "password": "  four words and spaces "})
    client.post("/sign-out/")
    trimmed = client.post("/sign-in/", {"identifier": "alice", "password": "four words and spaces"})
    assert trimmed.status_code == 422
    exact = client.post("/sign-in/", {"identifier": "alice", "password": "  four words and spaces "})
    assert exact.status_code == 302


def test_a_taken_username_is_refused(client: Client) -> None:
    a_user()
    response = client.post(ADDRESS, {**GOOD, "email": "other@example.com", "password": "another-passphrase"})
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {"username"}
    assert client.get("/settings/").status_code == 302


def test_a_taken_address_is_refused_in_any_case(client: Client) -> None:
    a_user()
    response = client.post(ADDRESS, {**GOOD, "username": "bob", "email": "ALICE@example.com"})
    assert set(wrong_fields(response)) == {"email"}
    assert find_user("bob") is None


def test_a_form_sent_twice_is_one_account(client: Client) -> None:
    client.post(ADDRESS, GOOD)
    response = Client().post(ADDRESS, GOOD)
    assert response.status_code == 302


def test_who_is_signed_in_needs_no_sign_up(client: Client) -> None:
    client.post(ADDRESS, GOOD)
    assert client.get(ADDRESS)["Location"] == "/"


@pytest.mark.every_backend
def test_of_two_sign_ups_with_one_address_both_go_on_and_one_holds_it() -> None:
    start = Barrier(2)

    def sign_up(username: str) -> str:
        start.wait()
        return user_sign_up(username, "same@example.com", PASSWORD).username

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(sign_up, ["alice", "bob"])) == ["alice", "bob"]
    assert holder_of("same@example.com") in ("alice", "bob")
    assert not user_get("alice").email_confirmed
    assert not user_get("bob").email_confirmed


def test_a_name_with_a_row_of_a_former_owner_is_refused_as_taken() -> None:
    store().transact_write(opening_writes(User("alice", "alice@example.com")))
    with pytest.raises(Refused) as caught:
        a_user()
    assert (caught.value.code, caught.value.field) == ("username_taken", "username")
