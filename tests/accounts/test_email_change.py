"""Moving an account to another address."""

import pytest
from django.test import Client

from core.accounts.selectors import user_get, user_of
from tests.builders import PASSWORD, a_newcomer, a_user, signed_in
from tests.pages.forms import wrong_fields

ADDRESS = "/settings/email/"


def test_the_new_address_signs_in_and_the_old_one_no_more(client: Client) -> None:
    browser = signed_in(a_user())
    response = browser.post(ADDRESS, {"email": "Alice@Example.ORG", "password": PASSWORD})
    assert response["Location"] == "/settings/"
    assert browser.get("/settings/").status_code == 200
    assert client.post("/sign-in/", {"identifier": "alice@example.org", "password": PASSWORD}).status_code == 302
    assert Client().post("/sign-in/", {"identifier": "alice@example.com", "password": PASSWORD}).status_code == 422
    assert user_of("alice@example.com") is None


def test_an_address_that_was_never_proved_is_free_at_once() -> None:
    alice = a_newcomer()
    signed_in(alice).post(ADDRESS, {"email": "alice@example.org", "password": PASSWORD})
    assert a_user("bob", email="alice@example.com").email == "alice@example.com"


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"email": "bob@example.com", "password": PASSWORD}, "email"),
        ({"email": "nowhere", "password": PASSWORD}, "email"),
        ({"email": "alice@example.org", "password": "wrong-passphrase"}, "password"),
        ({"email": "alice@example.org", "password": ""}, "password"),
    ],
)
def test_what_is_wrong_is_shown_and_changes_nothing(form: dict[str, str], field: str) -> None:
    browser = signed_in(a_user())
    a_user("bob")
    response = browser.post(ADDRESS, form)
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {field}
    assert user_get("alice").email == "alice@example.com"


def test_the_same_address_changes_nothing() -> None:
    browser = signed_in(a_user())
    assert browser.post(ADDRESS, {"email": "alice@example.com", "password": PASSWORD}).status_code == 302
    assert user_of("alice@example.com") is not None
