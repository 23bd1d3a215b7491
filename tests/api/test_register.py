"""`auth/register/`."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from core.accounts.selectors import find_user, user_get
from tests.builders import PASSWORD, a_user, signed_in

ADDRESS = "/api/v1/auth/register/"
BODY: dict[str, Any] = {"username": "Alice", "email": "Alice@example.com", "password": PASSWORD}


def test_it_makes_a_practice_account() -> None:
    response = APIClient().post(ADDRESS, BODY, format="json")
    assert response.status_code == 201
    profile = response.json()
    assert (profile["username"], profile["email"], profile["account"]) == ("alice", "alice@example.com", "practice")
    assert profile["created_at"].endswith("Z")
    assert "password" not in response.content.decode()


def test_an_empty_account_may_be_chosen() -> None:
    APIClient().post(ADDRESS, {**BODY, "account": "empty", "full_name": "Alice Adams"}, format="json")
    alice = user_get("alice")
    assert (alice.account, alice.full_name) == ("empty", "Alice Adams")


def test_the_currency_of_expenses_may_be_chosen() -> None:
    profile = APIClient().post(ADDRESS, {**BODY, "home_currency": "eur"}, format="json").json()
    assert (profile["home_currency"], user_get("alice").home_currency) == ("eur", "eur")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "a b"}, "username"),
        ({"username": ""}, "username"),
        ({"username": None}, "username"),
        ({"username": ["alice"]}, "username"),
        ({"email": "nowhere"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": 123456789012}, "password"),
        ({"password": "x" * 1001}, "password"),
        ({"full_name": "x" * 101}, "full_name"),
        ({"account": "sample"}, "account"),
        ({"home_currency": "doge"}, "home_currency"),
        ({"role": "admin"}, "role"),
        ({"is_staff": True}, "is_staff"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], field: str) -> None:
    response = APIClient().post(ADDRESS, {**BODY, **change}, format="json")
    assert response.status_code == 400
    assert (response.json()["code"], list(response.json()["errors"])) == ("invalid", [field])
    assert find_user("alice") is None


@pytest.mark.parametrize(("field", "code"), [("username", "username_taken"), ("email", "email_taken")])
def test_a_taken_name_is_a_refusal(field: str, code: str) -> None:
    a_user()
    body = {"username": "bob", "email": "bob@example.com", "password": PASSWORD, field: BODY[field]}
    response = APIClient().post(ADDRESS, body, format="json")
    assert response.status_code == 409
    assert (response.json()["code"], list(response.json()["errors"])) == (code, [field])


def test_it_can_be_repeated_safely() -> None:
    client = APIClient()
    first = client.post(ADDRESS, BODY, format="json", headers={"Idempotency-Key": "sign-up-1"})
    second = client.post(ADDRESS, BODY, format="json", headers={"Idempotency-Key": "sign-up-1"})
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second["Idempotent-Replay"] == "true"
    other = {**BODY, "password": "another-passphrase"}
    assert client.post(ADDRESS, other, format="json", headers={"Idempotency-Key": "sign-up-1"}).status_code == 409


def test_a_signed_in_browser_needs_no_csrf_token_for_it() -> None:
    browser = signed_in(a_user("bob"), enforce_csrf_checks=True)
    assert browser.post(ADDRESS, BODY, content_type="application/json").status_code == 201
