"""`auth/me/`: the own account."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock, outbox, wiring
from core.accounts.selectors import user_get
from core.storage import Store, measured
from tests.builders import a_user, api_client

ADDRESS = "/api/v1/auth/me/"


def test_the_profile_is_told() -> None:
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


def test_deleting_closes_the_account(store: Store) -> None:
    client = api_client(a_user())
    assert client.delete(ADDRESS).status_code == 204
    assert client.get(ADDRESS).json()["code"] == "account_closing"
    outbox.sweep()
    assert client.get(ADDRESS).json()["code"] == "key_refused"
    assert [table.name for table in wiring.tables() if "alice" in str(list(store.dump(table)))] == []


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
