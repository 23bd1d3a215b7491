"""REQUIRE_APPROVAL: an administrator looks at new accounts first."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings
from rest_framework.test import APIClient

from core.accounts.selectors import user_get
from tests.builders import PASSWORD, a_user

FORM = {
    "username": "alice",
    "email": "alice@example.com",
    "password": PASSWORD,
    "account": "practice",
    "home_currency": "usd",
}


@pytest.fixture(autouse=True)
def _approval_required(settings: Settings) -> None:
    settings.REQUIRE_APPROVAL = True


def test_a_new_account_waits_then_signs_in(client: Client) -> None:
    page = client.post("/sign-up/", FORM)
    assert page.status_code == 200
    assert "Waiting for approval" in page.content.decode()
    assert client.get("/settings/").status_code == 302
    assert user_get("alice").status == "pending"

    waiting = client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    assert waiting.status_code == 422
    assert "administrator" in waiting.content.decode()

    call_command("setstatus", "alice", "active")
    assert client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD}).status_code == 302


def test_the_api_says_the_same() -> None:
    client = APIClient()
    registered = client.post(
        "/api/v1/auth/register/", {name: FORM[name] for name in ("username", "email", "password")}, format="json"
    )
    assert registered.json()["status"] == "pending"
    token = client.post("/api/v1/auth/token/", {"username": "alice", "password": PASSWORD}, format="json")
    assert (token.status_code, token.json()["code"]) == (403, "account_pending")


def test_waiting_does_not_lock_out(client: Client) -> None:
    client.post("/sign-up/", FORM)
    statuses = {client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD}).status_code for _ in range(7)}
    assert statuses == {422}


def test_a_sample_account_waits_for_nobody() -> None:
    assert a_user("sample_1", account="sample").status == "active"
