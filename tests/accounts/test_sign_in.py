"""Signing in and out on the pages."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from core.accounts.selectors import user_get
from core.accounts.services import status_set
from core.storage import measured
from tests.builders import PASSWORD, a_user, signed_in

ADDRESS = "/sign-in/"


@pytest.mark.parametrize("identifier", ["alice", " ALICE ", "alice@example.com", "Alice@Example.COM"])
def test_username_or_email_in_any_case_signs_in(client: Client, identifier: str) -> None:
    a_user()
    response = client.post(ADDRESS, {"identifier": identifier, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert "alice" in client.get("/settings/").content.decode()


def test_the_time_of_the_sign_in_is_kept(client: Client) -> None:
    a_user()
    client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD})
    signed_in_at = user_get("alice").last_sign_in
    assert signed_in_at is not None
    assert signed_in_at - user_get("alice").created_at < timedelta(minutes=1)


def test_a_wrong_password_and_an_unknown_name_get_the_same_page(client: Client) -> None:
    a_user()
    wrong = client.post(ADDRESS, {"identifier": "alice", "password": "not-her-passphrase"})
    unknown = client.post(ADDRESS, {"identifier": "zacharias", "password": "not-her-passphrase"})
    assert wrong.status_code == unknown.status_code == 422
    assert _without_tokens(wrong.content, "alice") == _without_tokens(unknown.content, "zacharias")
    assert "notice error" in wrong.content.decode()


@pytest.mark.parametrize(("known", "unknown"), [("alice", "zacharias"), ("alice@example.com", "zacharias@example.com")])
def test_a_wrong_password_and_an_unknown_name_cost_the_same_requests(client: Client, known: str, unknown: str) -> None:
    a_user()
    counts = []
    for identifier in (known, unknown):
        with measured() as usage:
            client.post(ADDRESS, {"identifier": identifier, "password": "not-her-passphrase"})
        counts.append({table: usage.by_table[table].requests for table in usage.by_table})
    assert counts[0] == counts[1]


def test_a_sign_in_takes_four_requests(client: Client) -> None:
    a_user()
    with measured() as usage:
        client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD})
    assert usage.requests == 4
    with measured() as by_email:
        Client().post(ADDRESS, {"identifier": "alice@example.com", "password": PASSWORD})
    assert by_email.requests == 5


def test_a_page_costs_a_session_and_a_user(client: Client) -> None:
    browser = signed_in(a_user())
    with measured() as usage:
        browser.get("/settings/")
    assert {name: counts.requests for name, counts in usage.by_table.items()} == {"Sessions": 1, "Users": 1}
    with measured() as visitor:
        client.get(ADDRESS)
    assert visitor.requests == 0


def test_the_session_key_of_before_is_not_taken_over(client: Client) -> None:
    a_user()
    client.cookies[settings.SESSION_COOKIE_NAME] = "chosenbysomebodyelse0123456789ab"
    client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD})
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "chosenbysomebodyelse0123456789ab"
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = "chosenbysomebodyelse0123456789ab"
    assert thief.get("/settings/")["Location"].startswith(ADDRESS)


def test_signing_in_again_voids_the_session_key_of_before() -> None:
    alice, bob = a_user(), a_user("bob")
    browser = signed_in(alice)
    before = browser.cookies[settings.SESSION_COOKIE_NAME].value
    browser.post("/sign-out/")
    browser.post(ADDRESS, {"identifier": "bob", "password": PASSWORD})
    assert bob.email in browser.get("/settings/email/").content.decode()
    old = Client()
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert old.get("/settings/").status_code == 302


def test_the_page_asked_for_comes_after_signing_in(client: Client) -> None:
    a_user()
    asked = client.get("/settings/api-keys/?cursor=x")
    assert asked["Location"] == "/sign-in/?next=%2Fsettings%2Fapi-keys%2F%3Fcursor%3Dx"
    page = client.get(asked["Location"]).content.decode()
    assert 'value="/settings/api-keys/?cursor=x"' in page
    response = client.post(
        ADDRESS, {"identifier": "alice", "password": PASSWORD, "next": "/settings/api-keys/?cursor=x"}
    )
    assert response["Location"] == "/settings/api-keys/?cursor=x"


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_no_address_of_another_site_is_gone_to(client: Client, address: str) -> None:
    a_user()
    response = client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD, "next": address})
    assert response["Location"] == "/"
    assert signed_in(a_user("bob")).get(ADDRESS, {"next": address})["Location"] == "/"


@pytest.mark.parametrize(
    ("sent", "label"),
    [({"identifier": "", "password": PASSWORD}, "Username or email address"), ({"identifier": "alice"}, "Password")],
)
def test_a_field_left_empty_is_named(client: Client, sent: dict[str, str], label: str) -> None:
    response = client.post(ADDRESS, sent)
    assert response.status_code == 422
    assert f">{label}</a>" in response.content.decode()


@pytest.mark.parametrize("identifier", ["#", "a" * 254, "a@b@c", "\x00", "Robert'); DROP TABLE Users;--", "ünïcödé"])
def test_strange_names_are_unknown_names(client: Client, identifier: str) -> None:
    response = client.post(ADDRESS, {"identifier": identifier, "password": PASSWORD})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("status", "sentence"),
    [("pending", "has to approve"), ("suspended", "is suspended"), ("rejected", "was not approved")],
)
def test_an_account_that_is_not_active_is_refused_after_the_password(
    client: Client, status: str, sentence: str
) -> None:
    a_user()
    status_set("alice", status)
    wrong = client.post(ADDRESS, {"identifier": "alice", "password": "not-her-passphrase"})
    assert sentence not in wrong.content.decode()
    right = client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD})
    assert right.status_code == 422
    assert sentence in right.content.decode()
    assert client.get("/settings/").status_code == 302


def test_suspending_ends_what_is_signed_in() -> None:
    browser = signed_in(a_user())
    status_set("alice", "suspended")
    assert browser.get("/settings/").status_code == 302
    status_set("alice", "active")
    assert browser.get("/settings/").status_code == 302


def test_signing_out_ends_the_session_in_the_store() -> None:
    browser = signed_in(a_user())
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    assert browser.post("/sign-out/")["Location"] == ADDRESS
    again = Client()
    again.cookies[settings.SESSION_COOKIE_NAME] = key
    assert again.get("/settings/").status_code == 302


def test_signing_out_is_a_post() -> None:
    browser = signed_in(a_user())
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/settings/").status_code == 200


def test_a_form_from_elsewhere_is_refused() -> None:
    a_user()
    client = Client(enforce_csrf_checks=True)
    assert client.post(ADDRESS, {"identifier": "alice", "password": PASSWORD}).status_code == 403


def _without_tokens(page: bytes, name: str) -> str:
    lines = page.decode().replace(name, "NAME").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)
