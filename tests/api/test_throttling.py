"""How many requests the API takes."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache
from pytest_django import Settings
from rest_framework.test import APIClient

from tests.builders import a_user, api_client

ME = "/api/v1/auth/me/"
TOKEN = "/api/v1/auth/token/"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _few(settings: Settings) -> Iterator[None]:
    settings.API_REQUESTS_PER_MINUTE = 3
    settings.API_VISITOR_REQUESTS_PER_MINUTE = 4
    settings.API_SIGN_INS_PER_MINUTE = 2
    cache.clear()
    yield
    cache.clear()


def test_a_user_has_so_many_a_minute_whatever_the_key() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        alice = a_user()
        one, two = api_client(alice), api_client(alice)
        assert [client.get(ME).status_code for client in (one, two, one)] == [200, 200, 200]
        clock.shift(20)
        refused = two.get(ME)
        assert (refused.status_code, refused.json()["code"]) == (429, "throttled")
        assert refused["Retry-After"] == "40"
        assert api_client(a_user("bob")).get(ME).status_code == 200
        clock.shift(41)
        assert two.get(ME).status_code == 200


def test_visitors_are_counted_by_address() -> None:
    statuses = [APIClient().get("/api/v1/errors/").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    elsewhere = APIClient(REMOTE_ADDR="203.0.113.8")
    assert elsewhere.get("/api/v1/errors/").status_code == 200


def test_a_made_up_forwarding_header_does_not_help() -> None:
    for number in range(4):
        APIClient().get("/api/v1/errors/", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    refused = APIClient().get("/api/v1/errors/", headers={"X-Forwarded-For": "203.0.113.99"})
    assert refused.status_code == 429


def test_guessing_passwords_is_counted_apart() -> None:
    a_user()
    body = {"username": "alice", "password": "not-her-passphrase"}
    statuses = [APIClient().post(TOKEN, body, format="json").status_code for _ in range(3)]
    assert statuses == [401, 401, 429]
    assert api_client(a_user("bob")).get(ME).status_code == 200
