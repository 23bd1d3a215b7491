"""Endpoints of the staff about users and the audit log."""

import pytest
from rest_framework.test import APIClient

from core.accounts.domain import User
from core.accounts.selectors import user_get
from tests.builders import a_user, api_client
from tests.console.builders import a_staff_member

WHY = "Asked for by letter"
BOB = "/api/v1/staff/users/bob/"


@pytest.fixture
def admin() -> APIClient:
    return api_client(a_staff_member("admin", "ada"))


@pytest.fixture(autouse=True)
def bob() -> User:
    return a_user("bob", full_name="Robert Tables", phone_number="35123456789")


def test_users_are_listed_without_their_addresses(admin: APIClient) -> None:
    body = admin.get("/api/v1/staff/users/?limit=1").json()
    assert [item["username"] for item in body["items"]] == ["ada"]
    assert set(body["items"][0]) == {"username", "role", "status", "account", "created_at", "last_sign_in"}
    rest = admin.get("/api/v1/staff/users/", {"limit": 1, "cursor": body["next"]}).json()
    assert [item["username"] for item in rest["items"]] == ["bob"]


@pytest.mark.parametrize(
    ("query", "names"), [("q=BO", ["bob"]), ("role=admin", ["ada"]), ("status=suspended", []), ("q=x", [])]
)
def test_users_are_filtered(admin: APIClient, query: str, names: list[str]) -> None:
    items = admin.get(f"/api/v1/staff/users/?{query}").json()["items"]
    assert [item["username"] for item in items] == names


@pytest.mark.parametrize("query", ["role=king", "status=dead", "colour=red", "limit=0"])
def test_an_unknown_filter_is_refused(admin: APIClient, query: str) -> None:
    answer = admin.get(f"/api/v1/staff/users/?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [query.partition("=")[0]])


def test_only_an_administrator_sees_the_address(admin: APIClient) -> None:
    body = admin.get(BOB).json()
    assert (body["email"], body["full_name"]) == ("bob@example.com", "Robert Tables")
    assert {count["table"] for count in body["counts"]} == {"Portfolios"}
    moderated = api_client(a_staff_member("moderator")).get(BOB).json()
    assert set(moderated) == {"username", "role", "status", "account", "created_at", "last_sign_in"}
    assert not {"password_hash", "phone_number"} & body.keys()


def test_role_and_status_are_changed_with_a_reason(admin: APIClient) -> None:
    answer = admin.patch(BOB, {"role": "moderator", "status": "suspended", "reason": WHY}, format="json")
    assert (answer.status_code, answer.json()["role"], answer.json()["status"]) == (200, "moderator", "suspended")
    log = admin.get("/api/v1/staff/audit/?subject=user%23bob").json()["items"]
    assert {(entry["action"], entry["actor"], entry["reason"]) for entry in log} == {
        ("user.role", "ada", WHY),
        ("user.status", "ada", WHY),
    }
    assert {str(entry["before"]): str(entry["after"]) for entry in log} == {
        "{'role': 'user'}": "{'role': 'moderator'}",
        "{'status': 'active'}": "{'status': 'suspended'}",
    }


@pytest.mark.parametrize(
    ("body", "status", "code", "fields"),
    [
        ({"role": "admin"}, 400, "invalid", ["reason"]),
        ({"role": "admin", "reason": "x"}, 400, "invalid", ["reason"]),
        ({"reason": WHY}, 400, "invalid", ["request"]),
        ({"role": "king", "reason": WHY}, 400, "invalid", ["role"]),
        ({"status": "closing", "reason": WHY}, 400, "invalid", ["status"]),
        ({"status": "pending", "reason": WHY}, 400, "invalid", ["status"]),
        ({"status": "rejected", "reason": WHY}, 409, "status_move", ["status"]),
        ({"email": "x@example.com", "reason": WHY}, 400, "invalid", ["email"]),
        ({"password_hash": "x", "role": "admin", "reason": WHY}, 400, "invalid", ["password_hash"]),
    ],
)
def test_what_is_refused_changes_nothing(
    admin: APIClient, body: dict[str, str], status: int, code: str, fields: list[str]
) -> None:
    answer = admin.patch(BOB, body, format="json")
    assert (answer.status_code, answer.json()["code"], sorted(answer.json()["errors"])) == (status, code, fields)
    assert (user_get("bob").role, user_get("bob").status, user_get("bob").email) == (
        "user",
        "active",
        "bob@example.com",
    )
    assert admin.get("/api/v1/staff/audit/").json()["items"] == []


def test_nobody_changes_their_own_account_and_unknown_names_are_not_found(admin: APIClient) -> None:
    own = admin.patch("/api/v1/staff/users/ada/", {"role": "user", "reason": WHY}, format="json")
    assert (own.status_code, own.json()["code"]) == (409, "own_account")
    assert admin.get("/api/v1/staff/users/nobody/").status_code == 404
    nobody = admin.patch("/api/v1/staff/users/nobody/", {"role": "user", "reason": WHY}, format="json")
    assert nobody.status_code == 404


@pytest.mark.parametrize("until", ["2025-12", "2026-13", "soon"])
def test_what_is_not_a_month_is_refused(admin: APIClient, until: str) -> None:
    answer = admin.get(f"/api/v1/staff/audit/?until={until}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["until"])
