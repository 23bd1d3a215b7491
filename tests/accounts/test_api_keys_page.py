"""API keys in the settings: made, seen once, revoked."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core import clock
from core.accounts.selectors import api_keys_of
from core.accounts.services import api_key_create, api_key_revoke
from core.accounts.tables import API_KEYS
from core.ids import derived_id, new_id
from core.storage import Store, measured
from tests.builders import a_user, api_client, signed_in
from tests.pages.forms import wrong_fields

ADDRESS = "/settings/api-keys/"
FORM = {"id": new_id(), "name": "My bot", "scope": "read", "life": "90"}


def _secret(page: str) -> str:
    found = re.search(r'value="(cp_[0-9a-f]{64})"', page)
    assert found
    return found[1]


def test_a_new_key_is_shown_once_and_works(store: Store) -> None:
    browser = signed_in(a_user())
    secret = _secret(browser.post(ADDRESS, FORM).content.decode())
    page = browser.get(ADDRESS).content.decode()
    assert "My bot" in page
    assert secret not in page
    assert secret not in str(list(store.dump(API_KEYS)))
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert program.get("/api/v1/auth/me/").json()["username"] == "alice"


def test_a_form_sent_twice_is_one_key() -> None:
    browser = signed_in(a_user())
    first, second = (browser.post(ADDRESS, FORM).content.decode() for _ in range(2))
    assert _secret(first) == _secret(second)
    assert "toast info" in second
    assert len(api_keys_of("alice").items) == 1


def test_a_form_sent_again_does_not_bring_a_revoked_key_back() -> None:
    browser = signed_in(a_user())
    browser.post(ADDRESS, FORM)
    [key] = api_keys_of("alice").items
    browser.post(f"{ADDRESS}{key.key_id}/revoke/")
    again = browser.post(ADDRESS, FORM).content.decode()
    assert "toast warning" in again
    assert "cp_" not in again
    assert api_keys_of("alice").items == ()


def test_the_same_form_of_another_user_is_another_key() -> None:
    alices = _secret(signed_in(a_user()).post(ADDRESS, FORM).content.decode())
    bobs = _secret(signed_in(a_user("bob")).post(ADDRESS, FORM).content.decode())
    assert alices != bobs


@pytest.mark.parametrize(("life", "days"), [("30", 30), ("365", 365), ("never", None)])
def test_it_is_valid_as_long_as_chosen(life: str, days: int | None) -> None:
    signed_in(a_user()).post(ADDRESS, {**FORM, "life": life})
    [key] = api_keys_of("alice").items
    if days is None:
        assert key.expires_at is None
    else:
        assert key.expires_at is not None
        assert timedelta(days=days - 1) < key.expires_at - clock.now() <= timedelta(days=days)


def test_a_revoked_key_is_void() -> None:
    alice = a_user()
    browser, program = signed_in(alice), api_client(alice)
    [key] = api_keys_of("alice").items
    assert browser.post(f"{ADDRESS}{key.key_id}/revoke/")["Location"] == ADDRESS
    assert program.get("/api/v1/auth/me/").status_code == 401
    assert "No keys yet" in browser.get(ADDRESS).content.decode()


def test_bob_cannot_revoke_alices_key() -> None:
    program = api_client(a_user())
    [key] = api_keys_of("alice").items
    bob = signed_in(a_user("bob"))
    answers = []
    for key_id in (key.key_id, "019a9f3c-5c00-7abc-8def-0123456789ab"):
        with measured() as usage:
            response = bob.post(f"{ADDRESS}{key_id}/revoke/")
        answers.append((response.status_code, usage.requests))
    assert answers[0] == answers[1] == (404, 3)
    assert program.get("/api/v1/auth/me/").status_code == 200


def test_others_keys_are_not_listed() -> None:
    api_client(a_user())
    assert "Tests" not in signed_in(a_user("bob")).get(ADDRESS).content.decode()


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 302
    assert client.post(f"{ADDRESS}x/revoke/")["Location"] == "/sign-in/"


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("name", "", ""),
        ("name", "x" * 61, "1 to 60"),
        ("scope", "admin", ""),
        ("life", "36500", ""),
        ("life", "", ""),
    ],
)
def test_what_is_wrong_is_shown_at_its_field(field: str, value: str, limit: str) -> None:
    response = signed_in(a_user()).post(ADDRESS, {**FORM, field: value})
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {field}
    assert limit in wrong_fields(response)[field]
    assert api_keys_of("alice").items == ()


def test_many_keys_come_in_pages() -> None:
    alice = a_user()
    for number in range(27):
        api_key_create(alice, name=f"Key {number}", scope="read", expires_at=None)
    browser = signed_in(alice)
    first = browser.get(ADDRESS).content.decode()
    following = re.search(r'href="(\?cursor=[^"]+)"', first)
    assert following
    second = browser.get(ADDRESS + following[1].replace("&amp;", "&")).content.decode()
    assert first.count("button danger small") == 25
    assert second.count("button danger small") == 2
    broken = browser.get(ADDRESS + "?cursor=nonsense")
    assert broken.status_code == 200
    assert broken.content.decode().count("button danger small") == 25


def test_an_old_form_does_not_bring_a_revoked_key_back() -> None:
    browser = signed_in(a_user())
    for old in (derived_id(clock.now() - timedelta(hours=24, seconds=1), "form"), "one-form"):
        response = browser.post(ADDRESS, {**FORM, "id": old})
        assert response.status_code == 422
        assert "cp_" not in response.content.decode()
    assert api_keys_of("alice").items == ()


def test_fifty_keys_are_the_most() -> None:
    alice = a_user()
    browser, program = signed_in(alice), api_client(alice)
    browser.post(ADDRESS, FORM)
    for number in range(48):
        api_key_create(alice, name=f"Key {number}", scope="read", expires_at=None)
    refused = browser.post(ADDRESS, {**FORM, "id": new_id()})
    assert refused.status_code == 409
    assert "50 API keys" in refused.content.decode()
    answer = program.post("/api/v1/api-keys/", {"name": "One more"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "key_quota")
    assert "toast info" in browser.post(ADDRESS, FORM).content.decode()
    api_key_revoke("alice", api_keys_of("alice").items[0].key_id)
    assert program.post("/api/v1/api-keys/", {"name": "One more"}, format="json").status_code == 201
