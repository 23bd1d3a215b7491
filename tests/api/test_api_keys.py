"""`api-keys/`."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from core import clock
from core.accounts.selectors import api_keys_of
from core.accounts.services import account_erase, api_key_create, role_grant, status_set
from core.accounts.tables import API_KEYS, USERS
from core.storage import KeyCondition, Query, measured, store
from tests.builders import a_user, an_api_key, api_client

ADDRESS = "/api/v1/api-keys/"
ABSENT = "019a9f3c-5c00-7abc-8def-0123456789ab"


def _with(token: str) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


def test_a_new_key_reads_by_default() -> None:
    response = api_client(a_user()).post(ADDRESS, {"name": "  My   bot "}, format="json")
    assert response.status_code == 201
    made = response.json()
    assert (made["name"], made["scope"], made["expires_at"]) == ("My bot", "read", None)
    assert _with(made["token"]).get("/api/v1/auth/me/").status_code == 200


def test_the_list_shows_no_key_itself() -> None:
    alice = a_user()
    client = api_client(alice)
    made = client.post(ADDRESS, {"name": "My bot", "scope": "write"}, format="json").json()
    body = client.get(ADDRESS)
    assert [key["name"] for key in body.json()["items"]] == ["My bot", "Tests"]
    assert body.json()["next"] is None
    assert made["token"] not in body.content.decode()
    assert set(body.json()["items"][0]) == {"id", "name", "scope", "created_at", "expires_at"}


def test_a_revoked_key_is_void_at_once() -> None:
    client = api_client(a_user())
    made = client.post(ADDRESS, {"name": "My bot"}, format="json").json()
    assert client.delete(f"{ADDRESS}{made['id']}/").status_code == 204
    refused = _with(made["token"]).get("/api/v1/auth/me/")
    assert (refused.status_code, refused.json()["code"]) == (401, "key_refused")
    assert client.delete(f"{ADDRESS}{made['id']}/").status_code == 404


def test_bob_cannot_revoke_alices_key() -> None:
    alices = api_client(a_user())
    [key] = api_keys_of("alice").items
    bob = api_client(a_user("bob"))
    answers = []
    for key_id in (key.key_id, ABSENT):
        with measured() as usage:
            response = bob.delete(f"{ADDRESS}{key_id}/")
        answers.append((response.status_code, response.json(), usage.requests))
    assert answers[0] == answers[1]
    assert answers[0][0] == 404
    assert alices.get(ADDRESS).status_code == 200


def test_others_keys_are_not_listed() -> None:
    api_client(a_user())
    names = [key["id"] for key in api_client(a_user("bob")).get(ADDRESS).json()["items"]]
    assert names == [key.key_id for key in api_keys_of("bob").items]


def test_a_key_that_may_read_changes_nothing() -> None:
    client = api_client(a_user(), "read")
    assert client.get(ADDRESS).status_code == 200
    assert client.options(ADDRESS).status_code == 200
    for response in (
        client.post(ADDRESS, {"name": "My bot"}, format="json"),
        client.patch("/api/v1/auth/me/", {"theme": "dark"}, format="json"),
        client.delete("/api/v1/auth/me/"),
    ):
        assert (response.status_code, response.json()["code"]) == (403, "scope_too_narrow")


def test_a_key_ends_with_its_time() -> None:
    alice = a_user()
    _, secret = api_key_create(alice, name="Brief", scope="read", expires_at=clock.now() + timedelta(hours=1))
    assert _with(secret).get(ADDRESS).status_code == 200
    with time_machine.travel(clock.now() + timedelta(hours=1), tick=False):
        assert _with(secret).get(ADDRESS).status_code == 401
        assert api_keys_of("alice").items == ()


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer cp_unknown", "bearer cp_unknown", "Bearer \u00e9"])
def test_a_key_that_is_none_is_refused(header: str) -> None:
    response = APIClient().get(ADDRESS, headers={"Authorization": header})
    assert (response.status_code, response.json()["code"]) == (401, "key_refused")


@pytest.mark.parametrize("header", ["Basic YWxpY2U6cGFzcw==", "Token abc", ""])
def test_another_scheme_is_no_credential(header: str) -> None:
    response = APIClient().get(ADDRESS, headers={"Authorization": header})
    assert (response.status_code, response.json()["code"]) == (401, "not_signed_in")


def test_suspending_shuts_programs_out() -> None:
    client = api_client(a_user())
    status_set("alice", "suspended")
    response = client.get(ADDRESS)
    assert (response.status_code, response.json()["code"]) == (403, "account_suspended")


def test_the_role_counts_that_the_user_has_now() -> None:
    client = api_client(a_user())
    role_grant("alice", "admin")
    assert client.get("/api/v1/auth/me/").json()["role"] == "admin"


def test_a_repeated_request_makes_one_key_and_returns_it_again() -> None:
    client = api_client(a_user())
    first, second = (
        client.post(ADDRESS, {"name": "My bot"}, format="json", headers={"Idempotency-Key": "k1"}) for _ in range(2)
    )
    assert first.json() == second.json()
    assert second["Idempotent-Replay"] == "true"
    assert len(api_keys_of("alice").items) == 2
    assert _with(second.json()["token"]).get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "My bot", "scope": "all"}, "scope"),
        ({"name": "My bot", "expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"name": "My bot", "id": ABSENT}, "id"),
    ],
)
def test_a_wrong_field_is_named(body: dict[str, Any], field: str) -> None:
    response = api_client(a_user()).post(ADDRESS, body, format="json")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_it_requires_sign_in() -> None:
    assert APIClient().get(ADDRESS).status_code == 401
    assert APIClient().post(ADDRESS, {"name": "x"}, format="json").status_code == 401
    assert APIClient().delete(f"{ADDRESS}{ABSENT}/").status_code == 401


def test_a_key_of_a_user_who_is_gone_is_refused() -> None:
    client = _with(an_api_key(a_user()))
    store().delete(USERS, {"username": "alice"})
    assert client.get(ADDRESS).json()["code"] == "key_refused"


def test_a_key_of_a_former_owner_of_the_name_opens_nothing() -> None:
    program = api_client(a_user())
    (row,) = store().query(Query(API_KEYS, KeyCondition("username").eq("alice"), index="UserIndex")).items
    account_erase("alice")
    later = clock.now() + timedelta(minutes=1)
    store().put(API_KEYS, row)  # written by a request that was under way while the account was deleted
    with time_machine.travel(later, tick=False):
        a_user()
        assert program.get("/api/v1/auth/me/").status_code == 401
