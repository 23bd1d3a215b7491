"""Entering, changing, listing and deleting entries on pages."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from carbon import selectors, services
from carbon.domain.entry import Entry
from core import clock
from core.accounts.domain import User
from core.accounts.services import profile_change
from core.ids import derived_id
from core.storage import measured
from tests.builders import signed_in, there
from tests.carbon.builders import added, check_adds_up, entries_of
from tests.carbon.pages import ACCOUNT_TABLES, a_form, an_id, shown, the_entry, toasts, words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
FOUND, OVERTAKEN, INVALID, NOT_ALLOWED = 302, 409, 422, 405

pytestmark = pytest.mark.usefixtures("noon")


def test_the_first_step_is_to_choose_an_activity(client: Client) -> None:
    with measured() as usage:
        response = client.get("/carbon/entries/add/")
    html = response.content.decode()
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert '<option value="Car, petrol, average">' in html
    assert 'href="?activity=electricity"' in html
    page = words(response)
    for category in ("Transport", "Energy", "Food", "Waste", "Shopping", "Other"):
        assert category in page
    assert "Recent" not in page


@pytest.mark.parametrize("said", ["car_petrol", "Car, petrol, average", "car, PETROL,  average"])
def test_an_activity_is_chosen_by_its_id_or_its_name(client: Client, said: str) -> None:
    html = client.get("/carbon/entries/add/", {"activity": said}).content.decode()
    assert '<input type="hidden" name="activity" value="car_petrol"' in html
    assert 'name="occupancy"' in html
    assert 'name="region"' not in html
    for unit in ("km", "mile", "m"):
        assert f'<option value="{unit}"' in html
    assert '<option value="kwh"' not in html


def test_an_unknown_activity_names_the_near_ones(client: Client) -> None:
    response = client.get("/carbon/entries/add/", {"activity": "Petrol car"})
    assert response.status_code == INVALID
    page = words(response)
    assert "Car, petrol, average" in page[page.index("“Petrol car”") :][:200]
    assert 'value="Petrol car"' in response.content.decode()


def test_an_activity_that_is_like_none_leaves_the_list(client: Client) -> None:
    response = client.get("/carbon/entries/add/", {"activity": "<b>zzzzzz"})
    assert response.status_code == INVALID
    assert "“<b>zzzzzz”" in words(response)
    assert "<b>zzzzzz" not in response.content.decode()


def test_what_was_used_lately_comes_first(alice: User, client: Client) -> None:
    added(alice, "beef_beef_herd", "1", "kg")
    added(alice)
    page = shown(client, "entries/add/")
    lately = page[page.index("Recent") :]
    assert lately.index("Car, petrol, average") < lately.index("Beef (beef herd)") < lately.index("All activities")


def test_cars_ask_for_persons_and_electricity_for_a_country(client: Client) -> None:
    electricity = client.get("/carbon/entries/add/", {"activity": "electricity"}).content.decode()
    assert 'name="region"' in electricity
    assert 'name="occupancy"' not in electricity
    beef = client.get("/carbon/entries/add/", {"activity": "beef_beef_herd"}).content.decode()
    assert 'name="region"' not in beef
    assert 'name="occupancy"' not in beef


def test_the_form_begins_now_in_the_users_zone() -> None:
    zoe = there(User("zoe", "zoe@example.com", time_zone="America/New_York"))
    html = signed_in(zoe).get("/carbon/entries/add/", {"activity": "taxi"}).content.decode()
    assert 'type="datetime-local" name="timestamp" value="2026-11-20T07:00"' in html.replace("\n", "")


def test_a_hundred_kilometres_by_petrol_car(alice: User, client: Client) -> None:
    entry_id = an_id("one")
    response = client.post("/carbon/entries/add/", {**a_form(), "id": entry_id}, follow=True)
    assert response.redirect_chain[0][0] == f"/carbon/entries/{entry_id}/"
    page = words(response)
    for part in (
        "Added: 16.152 kg CO₂e.",
        "16.152 kg",
        "20.751 kg with fuel supply",
        "100 km",
        "0.16152 kg per vehicle km",
        "0.04599 kg per vehicle km",
        "UK Government GHG conversion factors 2026 (DESNZ)",
        "Year 2026",
        "Region Britain (UK)",
        "OGL v3.0",
    ):
        assert part in page
    entry = the_entry(alice)
    assert (entry.kg, entry.kg_with_fuel_supply, entry.day) == (
        Decimal("16.152"),
        Decimal("20.751"),
        date(2026, 11, 20),
    )


def test_persons_share_a_car_and_food_has_no_fuel(alice: User, client: Client) -> None:
    client.post("/carbon/entries/add/", {**a_form(occupancy="4"), "id": an_id("one")})
    assert the_entry(alice).kg == Decimal("4.038")
    beef = a_form("beef_beef_herd", amount="1", unit="kg")
    response = client.post("/carbon/entries/add/", {**beef, "id": an_id("two")}, follow=True)
    page = words(response)
    assert "99.48 kg" in page
    assert "With fuel supply: not known for this factor" in page


def test_the_time_is_of_the_users_zone() -> None:
    zoe = there(User("zoe", "zoe@example.com", time_zone="Pacific/Auckland"))
    sent = {**a_form("taxi", timestamp="2026-11-21T00:30"), "id": an_id("one")}
    assert signed_in(zoe).post("/carbon/entries/add/", sent).status_code == FOUND
    entry = the_entry(zoe)
    assert (clock.to_text(entry.timestamp), entry.day) == ("2026-11-20T11:30:00.000Z", date(2026, 11, 21))


def test_a_form_sent_twice_is_one_entry(alice: User, client: Client) -> None:
    sent = {**a_form(), "id": an_id("one")}
    assert [client.post("/carbon/entries/add/", sent).status_code for _ in range(2)] == [FOUND, FOUND]
    assert len(entries_of(alice)) == 1
    other = client.post("/carbon/entries/add/", {**sent, "amount": "7"})
    assert other.status_code == INVALID
    assert list(other.context["form"].errors) == ["__all__"]
    assert other.context["form"].data["id"] != sent["id"]


@pytest.mark.parametrize(
    ("wrong", "field", "limit"),
    [
        ({"amount": ""}, "amount", ""),
        ({"amount": "ten"}, "amount", ""),
        ({"amount": "0"}, "amount", ""),
        ({"amount": "-5"}, "amount", ""),
        ({"amount": "NaN"}, "amount", ""),
        ({"amount": "1.1234567"}, "amount", "6"),
        ({"amount": "1000000001"}, "amount", "1,000,000,000"),
        ({"unit": "kwh"}, "unit", "km, mile, m"),
        ({"unit": ""}, "unit", ""),
        ({"occupancy": "0"}, "occupancy", "1"),
        ({"occupancy": "21"}, "occupancy", "20"),
        ({"occupancy": "two"}, "occupancy", ""),
        ({"timestamp": ""}, "timestamp", ""),
        ({"timestamp": "yesterday"}, "timestamp", ""),
        ({"timestamp": "2026-11-21T09:00"}, "timestamp", ""),
        ({"timestamp": "1969-12-31T09:00"}, "timestamp", "1970"),
        ({"description": "x" * 501}, "description", "500"),
    ],
)
def test_a_wrong_form_says_what_to_do_and_keeps_what_was_typed(
    alice: User, client: Client, wrong: dict[str, str], field: str, limit: str
) -> None:
    sent = {**a_form(description="Kept", amount="55"), **wrong, "id": an_id("one")}
    response = client.post("/carbon/entries/add/", sent)
    assert response.status_code == INVALID
    form: Any = response.context["form"]
    assert list(form.errors) == [field]
    assert limit in " ".join(form.errors[field])
    kept = {name: form.data[name] for name in a_form()}
    assert kept == {**a_form(description="Kept", amount="55"), **wrong}
    assert entries_of(alice) == []


@pytest.mark.parametrize("entry_id", ["", "1", "x" * 37, derived_id(clock.EPOCH, "old")])
def test_a_form_whose_id_is_none_or_too_old_comes_again_with_a_new_one(
    alice: User, client: Client, entry_id: str
) -> None:
    response = client.post("/carbon/entries/add/", {**a_form(), "id": entry_id})
    assert response.status_code == INVALID
    assert f'name="id" value="{entry_id}"' not in response.content.decode()
    assert entries_of(alice) == []


def test_electricity_without_a_country_asks_for_one(client: Client) -> None:
    bob = signed_in(there(User("bob", "bob@example.com")))
    sent = {**a_form("electricity", unit="kwh"), "id": an_id("one")}
    response = bob.post("/carbon/entries/add/", sent)
    assert response.status_code == INVALID
    assert list(response.context["form"].errors) == ["region"]
    assert bob.post("/carbon/entries/add/", {**sent, "id": an_id("two"), "region": "FR"}).status_code == FOUND


def test_a_preview_says_what_it_comes_to_and_keeps_nothing(alice: User, client: Client) -> None:
    with measured() as usage:
        response = client.get("/carbon/entries/add/", {**a_form(), "id": an_id("one")}, headers={"HX-Request": "true"})
    assert usage.without(*ACCOUNT_TABLES).requests == 2
    assert "<main" not in response.content.decode()
    page = words(response)
    assert "16.152 kg" in page
    assert "20.751 kg" in page
    assert "0.16152 kg per vehicle km · UK Government GHG conversion factors 2026 (DESNZ) · Britain (UK), 2026" in page
    assert entries_of(alice) == []


def test_a_preview_without_scripts_is_a_button_that_keeps_what_was_typed(alice: User, client: Client) -> None:
    sent = {**a_form(description="Office"), "id": an_id("one"), "preview": "1"}
    response = client.post("/carbon/entries/add/", sent)
    assert response.status_code == 200
    assert "16.152 kg" in words(response)
    assert 'value="Office"' in response.content.decode()
    assert entries_of(alice) == []


@pytest.mark.parametrize("name", [*a_form(), "colour"])
@pytest.mark.parametrize("bad", ["", "\x00", "x" * 3000, "NaN"])
def test_a_preview_of_nonsense_is_a_page(client: Client, name: str, bad: str) -> None:
    response = client.get(
        "/carbon/entries/add/", {**a_form(), "id": an_id("one"), name: bad}, headers={"HX-Request": "true"}
    )
    assert response.status_code in (200, INVALID)


def test_an_entry_has_a_page_of_one_request(alice: User, client: Client) -> None:
    entry = added(alice, description="To the office")
    with measured() as usage:
        page = shown(client, f"entries/{entry.entry_id}/")
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert "To the office" in page


def test_an_entry_is_changed_by_the_form(alice: User, client: Client) -> None:
    entry = added(alice, on=date(2026, 10, 31), description="Office")
    address = f"/carbon/entries/{entry.entry_id}/edit/"
    html = client.get(address).content.decode()
    assert 'name="amount" value="100"' in html.replace('type="text" ', "")
    sent = {**a_form(amount="50", timestamp="2026-11-02T08:00"), "version": "1", "id": an_id("one")}
    response = client.post(address, sent, follow=True)
    assert "Saved: 8.076 kg CO₂e." in words(response)
    changed = the_entry(alice)
    assert (changed.kg, changed.day, changed.description) == (Decimal("8.076"), date(2026, 11, 2), "")
    check_adds_up(alice)


def test_a_time_left_as_it_is_keeps_its_seconds_and_its_day_in_whatever_zone(alice: User) -> None:
    at = datetime(2026, 10, 31, 23, 30, 45, 123000, tzinfo=UTC)
    entry = added(alice, timestamp=at, description="Office")
    browser = signed_in(profile_change(alice, time_zone="Asia/Tokyo"))
    address = f"/carbon/entries/{entry.entry_id}/edit/"
    assert 'value="2026-11-01T08:30"' in browser.get(address).content.decode()
    sent = {**a_form(timestamp="2026-11-01T08:30", description="Home"), "version": "1", "id": an_id("one")}
    assert browser.post(address, sent).status_code == FOUND
    changed = the_entry(alice)
    assert (changed.description, changed.timestamp, changed.day) == ("Home", at, date(2026, 10, 31))
    moved = {**sent, "timestamp": "2026-11-01T08:31", "version": "2"}
    assert browser.post(address, moved).status_code == FOUND
    assert the_entry(alice).day == date(2026, 11, 1)
    check_adds_up(alice)


@pytest.mark.parametrize("hour", [0, 1])
def test_in_the_hour_that_comes_twice_an_entry_is_added_and_changed(hour: int) -> None:
    with time_machine.travel(datetime(2026, 10, 25, hour, 30, 20, tzinfo=UTC), tick=False):
        bob = there(User("bob", "bob@example.com", country="GB", time_zone="Europe/London"))
        browser, twice = signed_in(bob), "2026-10-25T01:30"
        assert f'value="{twice}"' in browser.get("/carbon/entries/add/?activity=car_petrol").content.decode()
        sent = a_form(timestamp=twice, id=an_id("one"))
        assert browser.post("/carbon/entries/add/", sent).status_code == FOUND
        assert the_entry(bob).timestamp == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        services.entry_delete(bob, the_entry(bob).entry_id)
        entry = added(bob)
        changed = {**sent, "version": "1", "amount": "5"}
        assert browser.post(f"/carbon/entries/{entry.entry_id}/edit/", changed).status_code == FOUND
        assert (the_entry(bob).amount, the_entry(bob).timestamp) == (Decimal(5), entry.timestamp)


def test_a_time_that_no_clock_shows_is_refused() -> None:
    bob = there(User("bob", "bob@example.com", country="GB", time_zone="Europe/London"))
    sent = a_form(timestamp="2026-03-29T01:30", id=an_id("one"))
    response = signed_in(bob).post("/carbon/entries/add/", sent)
    assert response.status_code == INVALID
    assert "it may not exist" in words(response)
    assert entries_of(bob) == []


def test_who_takes_a_country_away_gets_that_of_the_settings() -> None:
    bob = there(User("bob", "bob@example.com", country="PT"))
    entry = added(bob, "electricity", "100", "kwh", region="GB")
    sent = a_form("electricity", unit="kwh", region="GB", version="1", id=an_id("one"))
    address = f"/carbon/entries/{entry.entry_id}/edit/"
    assert signed_in(bob).post(address, sent).status_code == FOUND
    assert the_entry(bob).region == "GB"
    assert signed_in(bob).post(address, {**sent, "version": "2", "region": ""}).status_code == FOUND
    assert the_entry(bob).region == "PT"


def test_another_activity_may_be_chosen_for_an_entry(alice: User, client: Client) -> None:
    entry = added(alice)
    address = f"/carbon/entries/{entry.entry_id}/edit/"
    assert "Car, diesel, average" in shown(client, f"entries/{entry.entry_id}/edit/", activity="")
    sent = {**a_form("taxi"), "version": "1", "id": an_id("one")}
    assert client.post(address, sent).status_code == FOUND
    assert the_entry(alice).activity == "taxi"


def test_an_entry_that_was_changed_elsewhere_is_not_overwritten(alice: User, client: Client) -> None:
    entry = added(alice)
    services.entry_change(alice, entry.entry_id, selectors_draft(entry, "7"))
    sent = {**a_form(amount="50"), "version": "1", "id": an_id("one")}
    response = client.post(f"/carbon/entries/{entry.entry_id}/edit/", sent)
    assert response.status_code == OVERTAKEN
    assert the_entry(alice).amount == 7


def selectors_draft(entry: Entry, amount: str) -> Any:
    return selectors.EntryDraft(entry.timestamp, entry.activity, Decimal(amount), entry.unit)


def test_an_entry_is_deleted_with_undo_and_restored_from_the_list(alice: User, client: Client) -> None:
    entry = added(alice)
    response = client.post(f"/carbon/entries/{entry.entry_id}/delete/", follow=True)
    assert toasts(response) == ["success"]
    deleted, *_ = selectors.entries_deleted("alice")
    assert f'action="/carbon/entries/deleted/{deleted.entry.replace("#", "%23")}/restore/"' in response.content.decode()
    assert (entries_of(alice), deleted.value.kg) == ([], entry.kg)
    assert "Car, petrol, average" in shown(client, "entries/deleted/")
    restore = f"/carbon/entries/deleted/{deleted.entry.replace('#', '%23')}/restore/"
    for _ in range(2):
        assert toasts(client.post(restore, follow=True)) == ["success"]
    assert the_entry(alice).kg == entry.kg
    check_adds_up(alice)


def test_what_changes_something_is_not_got(alice: User, client: Client) -> None:
    entry = added(alice)
    assert client.get(f"/carbon/entries/{entry.entry_id}/delete/").status_code == NOT_ALLOWED
    assert client.get("/carbon/entries/deleted/x/restore/").status_code == NOT_ALLOWED
    assert len(entries_of(alice)) == 1


@pytest.mark.parametrize(
    "path", ["", "entries/", "analytics/", "achievements/", "factors/", "goals/", "entries/deleted/"]
)
def test_what_only_shows_takes_no_post(client: Client, path: str) -> None:
    assert client.post(f"/carbon/{path}").status_code == NOT_ALLOWED
