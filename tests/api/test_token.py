"""`auth/token/`: a name and a password in exchange for an API key."""

from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock
from core.accounts.selectors import api_keys_of
from core.accounts.services import status_set
from core.storage import measured
from tests.builders import PASSWORD, a_user

ADDRESS = "/api/v1/auth/token/"


def _ask(**body: Any) -> Any:
    return APIClient().post(ADDRESS, {"username": "alice", "password": PASSWORD, **body}, format="json")


def _call(token: str) -> Any:
    return APIClient().get("/api/v1/auth/me/", headers={"Authorization": f"Bearer {token}"})


def test_the_token_signs_in() -> None:
    a_user()
    response = _ask()
    assert response.status_code == 201
    assert _call(response.json()["token"]).json()["username"] == "alice"


def test_it_may_write_for_thirty_days_by_default() -> None:
    a_user()
    body = _ask().json()
    [key] = api_keys_of("alice").items
    assert (body["id"], body["scope"], body["name"]) == (key.key_id, "write", "Token")
    assert key.expires_at is not None
    assert timedelta(days=29) < key.expires_at - clock.now() <= timedelta(days=30)


def test_name_scope_and_end_may_be_chosen() -> None:
    a_user()
    end = clock.now() + timedelta(hours=1)
    body = _ask(name="Laptop", scope="read", expires_at=clock.to_text(end)).json()
    assert (body["name"], body["scope"]) == ("Laptop", "read")
    assert body["expires_at"].startswith(clock.to_text(end)[:19])


def test_an_email_address_does_as_well() -> None:
    a_user()
    assert _ask(username="Alice@example.com").status_code == 201


def test_wrong_and_unknown_get_the_same_answer() -> None:
    a_user()
    answers = []
    for username in ("alice", "zacharias"):
        with measured() as usage:
            response = _ask(username=username, password="not-her-passphrase")
        answers.append((response.status_code, response.json(), usage.requests))
    assert answers[0] == answers[1]
    assert answers[0][:2] == (401, answers[0][1])
    assert answers[0][1]["code"] == "sign_in_failed"


def test_failures_lock_out() -> None:
    a_user()
    for _ in range(5):
        _ask(password="not-her-passphrase")
    response = _ask()
    assert (response.status_code, response.json()["code"]) == (429, "locked_out")
    assert 299 <= int(response["Retry-After"]) <= 300


@pytest.mark.parametrize("status", ["pending", "suspended", "rejected"])
def test_an_account_that_is_not_active_gets_none(status: str) -> None:
    a_user()
    status_set("alice", status)
    response = _ask()
    assert (response.status_code, response.json()["code"]) == (403, f"account_{status}")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": ""}, "password"),
        ({"scope": "admin"}, "scope"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"expires_at": "tomorrow"}, "expires_at"),
        ({"expires_at": "2027-01-01T00:00:00"}, "expires_at"),
        ({"name": "x" * 61}, "name"),
        ({"grant_type": "password"}, "grant_type"),
    ],
)
def test_a_wrong_field_is_named(change: dict[str, Any], field: str) -> None:
    a_user()
    response = _ask(**change)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    assert api_keys_of("alice").items == ()


def test_a_repeated_request_gets_the_same_token() -> None:
    a_user()
    body = {"username": "alice", "password": PASSWORD}
    first, second = (
        APIClient().post(ADDRESS, body, format="json", headers={"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert "Idempotent-Replay" not in first
    assert second["Idempotent-Replay"] == "true"
    assert len(api_keys_of("alice").items) == 1
    assert _call(second.json()["token"]).status_code == 200
