"""Changing the password in the settings."""

import pytest
from django.test import Client

from core.accounts.selectors import find_user, user_get
from core.accounts.services import password_change
from core.errors import Refused
from core.storage import measured
from tests.builders import PASSWORD, a_user, signed_in
from tests.pages.forms import wrong_fields

ADDRESS = "/settings/password/"
NEW = "another-long-passphrase"


def test_the_new_password_signs_in_and_the_old_one_does_not(client: Client) -> None:
    response = signed_in(a_user()).post(ADDRESS, {"current_password": PASSWORD, "new_password": NEW})
    assert response["Location"] == "/settings/"
    old = client.post("/sign-in/", {"identifier": "alice", "password": PASSWORD})
    new = client.post("/sign-in/", {"identifier": "alice", "password": NEW})
    assert (old.status_code, new.status_code) == (422, 302)


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get(ADDRESS)["Location"] == "/sign-in/?next=%2Fsettings%2Fpassword%2F"


@pytest.mark.parametrize(
    ("form", "field", "rule"),
    [
        ({"current_password": "wrong-passphrase", "new_password": NEW}, "current_password", ""),
        ({"current_password": PASSWORD, "new_password": "short"}, "new_password", "at least 12"),
        ({"current_password": PASSWORD, "new_password": "alice@example.com"}, "new_password", "email address"),
        ({"current_password": "", "new_password": NEW}, "current_password", ""),
        ({"current_password": PASSWORD}, "new_password", ""),
    ],
)
def test_what_is_wrong_is_shown_and_changes_nothing(form: dict[str, str], field: str, rule: str) -> None:
    alice = a_user()
    response = signed_in(alice).post(ADDRESS, form)
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {field}
    assert rule in wrong_fields(response)[field]
    assert user_get("alice").password_hash == alice.password_hash


def test_guessing_the_current_password_locks() -> None:
    browser = signed_in(a_user())
    for _ in range(5):
        browser.post(ADDRESS, {"current_password": "wrong-passphrase", "new_password": NEW})
    response = browser.post(ADDRESS, {"current_password": PASSWORD, "new_password": NEW})
    assert "5 minutes" in response.content.decode()


def test_of_two_changes_at_one_moment_one_is_refused() -> None:
    alice = a_user()
    password_change(alice, current=PASSWORD, new=NEW)
    with pytest.raises(Refused) as refused:
        password_change(alice, current=PASSWORD, new="a-third-long-passphrase")
    assert refused.value.code == "changed_meanwhile"
    stored = find_user("alice")
    assert stored is not None
    assert stored.credential_version == alice.credential_version + 1


def test_a_change_takes_three_requests() -> None:
    alice = a_user()
    with measured() as usage:
        password_change(alice, current=PASSWORD, new=NEW)
    assert usage.requests == 3
