"""`auth/me/`: the own account."""

import json
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from core import clock, outbox, wiring
from core.accounts.selectors import user_get
from core.storage import Store, measured
from tests.builders import PASSWORD, a_user, api_client, signed_in

ADDRESS = "/api/v1/auth/me/"


def test_the_profile_is_answered() -> None:
    alice = a_user(country="PT")
    assert api_client(alice).get(ADDRESS).json() == {
        "username": "alice",
        "email": "alice@example.com",
        "email_confirmed": True,
        "full_name": "",
        "phone_number": "",
        "role": "user",
        "status": "active",
        "account": "practice",
        "currency": "usd",
        "home_currency": "usd",
        "time_zone": "UTC",
        "country": "PT",
        "theme": "system",
        "privacy": False,
        "refresh_seconds": 10,
        "carbon_budget_kg": "500",
        "cost_basis_method": "average",
        "created_at": clock.to_text(alice.created_at),
        "updated_at": clock.to_text(alice.updated_at),
    }


def test_a_part_is_changed_and_the_rest_stays() -> None:
    client = api_client(a_user(country="PT"))
    response = client.patch(ADDRESS, {"theme": "dark", "phone_number": "+351 912 345 678"}, format="json")
    assert response.status_code == 200
    assert response.json()["theme"] == "dark"
    alice = user_get("alice")
    assert (alice.theme, alice.phone_number, alice.country) == ("dark", "351912345678", "PT")


def test_a_part_is_cleared_by_an_empty_text() -> None:
    client = api_client(a_user(country="PT", full_name="Alice"))
    assert client.patch(ADDRESS, {"country": "", "full_name": ""}, format="json").json()["country"] == ""
    assert (user_get("alice").country, user_get("alice").full_name) == ("", "")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"username": "mallory"}, "username"),
        ({"email": "mallory@example.com"}, "email"),
        ({"role": "admin"}, "role"),
        ({"status": "active"}, "status"),
        ({"credential_version": 9}, "credential_version"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"country": "pt"}, "country"),
        ({"currency": "doge"}, "currency"),
        ({"home_currency": "eur"}, "home_currency"),
        ({"theme": "neon"}, "theme"),
        ({"privacy": "maybe"}, "privacy"),
        ({"refresh_seconds": 1}, "refresh_seconds"),
        ({"refresh_seconds": "1e1"}, "refresh_seconds"),
        ({"carbon_budget_kg": "0"}, "carbon_budget_kg"),
        ({"carbon_budget_kg": "100001"}, "carbon_budget_kg"),
        ({"carbon_budget_kg": "1.2345"}, "carbon_budget_kg"),
        ({"cost_basis_method": "guess"}, "cost_basis_method"),
        ({"full_name": {"first": "A"}}, "full_name"),
        ({"phone_number": "12"}, "phone_number"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_changes(body: dict[str, Any], field: str) -> None:
    alice = a_user()
    response = api_client(alice).patch(ADDRESS, body, format="json")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    assert user_get("alice") == alice


def test_deleting_with_the_password_closes_the_account(store: Store) -> None:
    client = api_client(a_user())
    assert client.delete(ADDRESS, {"password": PASSWORD}, format="json").status_code == 204
    repeated = client.delete(ADDRESS, {"password": PASSWORD}, format="json")
    assert (repeated.status_code, repeated.json()["code"]) == (403, "account_closing")
    assert client.get(ADDRESS).json()["code"] == "account_closing"
    outbox.sweep()
    assert client.get(ADDRESS).json()["code"] == "key_refused"
    assert [table.name for table in wiring.tables() if "alice" in str(list(store.dump(table)))] == []


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        {"password": ""},
        {"password": None},
        {"password": "wrong-passphrase"},
        {"password": f" {PASSWORD}"},
        {"password": ["a"]},
        {"password": "x" * 1001},
    ],
)
def test_a_key_that_may_write_closes_nothing_without_the_password(body: dict[str, Any] | None) -> None:
    client = api_client(a_user())
    refused = client.delete(ADDRESS, body, format="json")
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == ["password"]
    assert user_get("alice").status == "active"


def test_a_signed_in_browser_gives_the_password_too() -> None:
    browser = signed_in(a_user())
    refused = browser.delete(ADDRESS)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["password"])
    closed = browser.delete(ADDRESS, json.dumps({"password": PASSWORD}), content_type="application/json")
    assert closed.status_code == 204


def test_who_guesses_the_password_is_locked_out_of_closing_as_on_the_page() -> None:
    client = api_client(a_user())
    statuses = {client.delete(ADDRESS, {"password": f"guess-{n}"}, format="json").status_code for n in range(20)}
    assert statuses == {400, 429}
    refused = client.delete(ADDRESS, {"password": PASSWORD}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (429, "locked_out")
    assert int(refused["Retry-After"]) > 0
    assert (
        "Too many failed attempts"
        in signed_in(user_get("alice")).post("/settings/close/", {"password": PASSWORD}).content.decode()
    )
    assert user_get("alice").status == "active"


def test_the_description_says_that_closing_takes_the_password() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    body = schema["paths"][ADDRESS]["delete"]["requestBody"]
    assert body["required"] is True
    name = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert schema["components"]["schemas"][name]["required"] == ["password"]
    others = [path for path, operations in schema["paths"].items() if "requestBody" in operations.get("delete", {})]
    assert others == [ADDRESS]


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_it_requires_sign_in(method: str) -> None:
    response = getattr(APIClient(), method)(ADDRESS)
    assert (response.status_code, response.json()["code"]) == (401, "not_signed_in")
    assert response["WWW-Authenticate"] == 'Bearer realm="CryptoPulse"'


def test_a_call_costs_a_key_and_a_user() -> None:
    client = api_client(a_user())
    with measured() as usage:
        client.get(ADDRESS)
    assert {name: counts.requests for name, counts in usage.by_table.items()} == {"ApiKeys": 1, "Users": 1}
