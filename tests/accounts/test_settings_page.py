"""The profile in the settings."""

from decimal import Decimal

import pytest
from django.test import Client

from core.accounts.selectors import user_get
from core.storage import measured
from tests.builders import a_user, signed_in
from tests.pages.forms import wrong_fields

ADDRESS = "/settings/"
GOOD = {
    "full_name": " Alice  Adams ",
    "phone_number": "+351 912 345 678",
    "country": "PT",
    "time_zone": "Europe/Lisbon",
    "theme": "dark",
    "privacy": "on",
    "refresh_seconds": "30",
    "carbon_budget_kg": "320.5",
}


def test_it_requires_sign_in(client: Client) -> None:
    assert client.get(ADDRESS)["Location"] == "/sign-in/?next=%2Fsettings%2F"


def test_it_saves_the_profile() -> None:
    browser = signed_in(a_user())
    assert browser.post(ADDRESS, GOOD)["Location"] == ADDRESS
    alice = user_get("alice")
    assert (alice.full_name, alice.phone_number, alice.country) == ("Alice Adams", "351912345678", "PT")
    assert (alice.time_zone, alice.theme, alice.privacy, alice.refresh_seconds) == ("Europe/Lisbon", "dark", True, 30)
    assert alice.carbon_budget_kg == Decimal("320.5")
    assert alice.updated_at > alice.created_at
    page = browser.get(ADDRESS).content.decode()
    assert "toast success" in page
    assert 'value="Alice Adams"' in page


def test_what_is_emptied_is_cleared() -> None:
    browser = signed_in(a_user(full_name="Alice", phone_number="351912345678", country="PT", privacy=True))
    browser.post(ADDRESS, {**GOOD, "full_name": "", "phone_number": "", "country": "", "privacy": ""})
    alice = user_get("alice")
    assert (alice.full_name, alice.phone_number, alice.country, alice.privacy) == ("", "", "", False)


def test_a_carbon_budget_that_is_emptied_is_500_again() -> None:
    browser = signed_in(a_user(carbon_budget_kg=Decimal(300)))
    browser.post(ADDRESS, {**GOOD, "carbon_budget_kg": ""})
    assert user_get("alice").carbon_budget_kg == 500


@pytest.mark.parametrize(
    ("field", "value", "limit"),
    [
        ("full_name", "x" * 101, "at most 100"),
        ("full_name", "x" * 201, "at most 200"),
        ("full_name", "bell\x07", ""),
        ("phone_number", "12345", "10 to 15"),
        ("phone_number", "1" * 16, "10 to 15"),
        ("phone_number", "call me maybe", "10 to 15"),
        ("country", "XX", ""),
        ("time_zone", "Mars/Olympus", ""),
        ("time_zone", "", ""),
        ("theme", "neon", ""),
        ("refresh_seconds", "1", ""),
        ("carbon_budget_kg", "0.99", "1 to 100,000 kg"),
        ("carbon_budget_kg", "1e6", "1 to 100,000 kg"),
        ("carbon_budget_kg", "nan", ""),
        ("refresh_seconds", "soon", ""),
    ],
)
def test_what_is_wrong_is_shown_at_its_field(field: str, value: str, limit: str) -> None:
    alice = a_user()
    response = signed_in(alice).post(ADDRESS, {**GOOD, field: value})
    assert response.status_code == 422
    assert set(wrong_fields(response)) == {field}
    assert limit in wrong_fields(response)[field]
    assert user_get("alice").updated_at == user_get("alice").created_at


def test_times_are_of_the_users_zone() -> None:
    browser = signed_in(a_user(time_zone="Pacific/Kiritimati"))
    response = browser.get(ADDRESS)
    assert response.status_code == 200
    assert '<option value="Pacific/Kiritimati" selected>' in response.content.decode()


def test_a_zone_of_an_older_name_stays_to_choose() -> None:
    browser = signed_in(a_user(time_zone="US/Pacific"))
    assert '<option value="US/Pacific" selected>' in browser.get(ADDRESS).content.decode()


def test_saving_takes_one_request() -> None:
    browser = signed_in(a_user())
    with measured() as usage:
        browser.post(ADDRESS, GOOD)
    assert usage.requests == 3
    assert usage.by_table["Sessions"].requests == 1
