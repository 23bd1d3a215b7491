"""Nothing of somebody else's: absent and foreign look the same."""

from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest

from budgets.domain.expense import ExpenseDraft
from budgets.services import expense_record
from carbon import selectors, services
from core import clock
from core.accounts.domain import User
from core.ids import derived_id, new_id
from core.storage import measured
from tests.answers import neutral
from tests.builders import api_client, next_cursor_of, signed_in
from tests.carbon.builders import a_goal, added, an_estimate, entries_of, estimated
from tests.carbon.pages import a_form

OF_ONE_ENTRY = [
    ("get", "/carbon/entries/{}/"),
    ("get", "/carbon/entries/{}/edit/"),
    ("post", "/carbon/entries/{}/edit/"),
    ("post", "/carbon/entries/{}/delete/"),
    ("get", "/carbon/entries/{}/measure/"),
    ("get", "/carbon/expenses/{}/"),
    ("post", "/carbon/entries/{}/measure/"),
    ("get", "/api/v1/carbon/entries/{}/"),
    ("patch", "/api/v1/carbon/entries/{}/"),
    ("delete", "/api/v1/carbon/entries/{}/"),
]
OF_ONE_GOAL = [
    ("get", "/carbon/goals/{}/edit/"),
    ("post", "/carbon/goals/{}/edit/"),
    ("post", "/carbon/goals/{}/delete/"),
    ("get", "/api/v1/carbon/goals/{}/"),
    ("patch", "/api/v1/carbon/goals/{}/"),
    ("delete", "/api/v1/carbon/goals/{}/"),
]
GOAL_FORM = {"category": "all", "period": "monthly", "way": "kg", "target_kg": "1", "version": ""}
DAY = date(2026, 11, 19)

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.parametrize("is_estimate", [False, True])
@pytest.mark.parametrize(("method", "path"), OF_ONE_ENTRY)
def test_an_entry_of_somebody_else_looks_like_none(
    alice: User, bob: User, method: str, path: str, is_estimate: bool
) -> None:
    entry_id = derived_id(clock.now(), "alices")
    if is_estimate:
        estimated("alice", an_estimate(entry_id, DAY))
    else:
        added(alice, entry_id=entry_id)
    before = entries_of(alice)
    sent = {"activity": "taxi", "amount": "1", "unit": "km"} if "/api" in path else {**a_form(), "id": new_id()}
    assert both_look_alike(bob, method, path, entry_id, sent)
    assert entries_of(alice) == before
    assert entries_of(bob) == []


@pytest.mark.parametrize(
    ("method", "path"),
    [("get", "expenses/{}/"), ("get", "entries/{}/measure/"), ("post", "entries/{}/measure/")],
)
def test_an_expense_of_somebody_else_cannot_be_measured(alice: User, bob: User, method: str, path: str) -> None:
    expense_id = derived_id(clock.now(), "alices")
    expense_record(alice, expense_id=expense_id, draft=ExpenseDraft(Decimal(12), "Other", DAY))
    sent = {**a_form(), "id": new_id()}
    assert both_look_alike(bob, method, f"/carbon/{path}", expense_id, sent)
    assert entries_of(alice) == entries_of(bob) == []


@pytest.mark.parametrize(("method", "path"), OF_ONE_GOAL)
def test_a_goal_of_somebody_else_looks_like_none(alice: User, bob: User, method: str, path: str) -> None:
    goal = a_goal(alice)
    sent = {"target_kg": "1"} if "/api" in path else {**GOAL_FORM, "id": new_id()}
    assert both_look_alike(bob, method, path, goal.goal_id, sent)
    assert selectors.goal_get("alice", goal.goal_id) == goal
    assert selectors.goals_with_progress(bob) == ()


@pytest.mark.parametrize("what", ["entries", "goals"])
def test_what_somebody_else_deleted_is_neither_seen_nor_restored(alice: User, bob: User, what: str) -> None:
    if what == "entries":
        entry = services.entry_delete(alice, added(alice, description="Secret drive").entry_id)
    else:
        entry = services.goal_delete(alice, a_goal(alice, description="Secret drive").goal_id)
    browser = signed_in(bob)
    assert "Secret drive" not in browser.get(f"/carbon/{what}/deleted/").content.decode()
    path = f"/carbon/{what}/deleted/{{}}/restore/"
    found = []
    for address in (entry, f"{entry[:-3]}fff"):
        response = browser.post(path.format(quote(address, safe=":")))
        found.append((response.status_code, neutral(response, quote(address, safe=":"))))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert entries_of(bob) == entries_of(alice) == []
    assert selectors.goals_with_progress(alice) == ()


def test_lists_sums_and_files_are_of_the_own_alone(alice: User, bob: User) -> None:
    added(alice, description="Secret drive", amount="12345")
    a_goal(alice, "7", description="Secret goal")
    services.achievements_refresh("alice")
    browser, api = signed_in(bob), api_client(bob)
    for path in ("", "entries/", "entries/add/", "goals/", "achievements/", "analytics/"):
        page = browser.get(f"/carbon/{path}").content.decode()
        assert "Secret" not in page
        assert "1,993" not in page
    assert api.get("/api/v1/carbon/entries/").json() == {"items": [], "next": None}
    assert api.get("/api/v1/carbon/goals/").json() == {"items": [], "next": None}
    assert api.get("/api/v1/carbon/summary/").json()["kg_co2e"] == "0"
    assert api.get("/api/v1/carbon/achievements/").json()["points"] == 0
    for kind in ("csv", "json"):
        exported: Any = api.get("/api/v1/carbon/entries/export/", {"format": kind})
        assert "car_petrol" not in b"".join(exported).decode()


@pytest.mark.parametrize("path", ["entries/", "goals/"])
def test_a_cursor_of_somebody_else_is_refused(alice: User, bob: User, path: str) -> None:
    for _ in range(2):
        added(alice)
        a_goal(alice)
    cursor = api_client(alice).get(f"/api/v1/carbon/{path}", {"limit": 1}).json()["next"]
    answer = api_client(bob).get(f"/api/v1/carbon/{path}", {"limit": 1, "cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_refused")


def test_a_cursor_of_somebody_elses_page_is_the_first_page(alice: User, bob: User) -> None:
    for _ in range(30):
        added(alice)
    added(bob, description="Mine")
    cursor = next_cursor_of(signed_in(alice).get("/carbon/entries/"))
    answer = signed_in(bob).get("/carbon/entries/", {"cursor": cursor}).content.decode()
    assert "this is the first one" in answer
    assert "Mine" in answer


def test_an_id_of_somebody_else_is_free(alice: User, bob: User) -> None:
    entry, goal = added(alice), a_goal(alice)
    api = api_client(bob)
    mine = {"entry_id": entry.entry_id, "activity": "taxi", "amount": "1", "unit": "km"}
    assert api.post("/api/v1/carbon/entries/", mine, format="json").status_code == 201
    other = {"goal_id": goal.goal_id, "period": "weekly", "target_kg": "1"}
    assert api.post("/api/v1/carbon/goals/", other, format="json").status_code == 201
    assert selectors.entry_get("alice", entry.entry_id) == entry
    assert selectors.goal_get("alice", goal.goal_id).target_kg == Decimal(100)


def test_a_key_that_may_only_read_changes_nothing(alice: User) -> None:
    api, entry = api_client(alice, scope="read"), added(alice)
    assert api.get("/api/v1/carbon/entries/").status_code == 200
    for method, path in (("post", "entries/"), ("delete", f"entries/{entry.entry_id}/"), ("post", "goals/")):
        answer = getattr(api, method)(f"/api/v1/carbon/{path}", {}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "scope_too_narrow")
    assert len(entries_of(alice)) == 1


@pytest.mark.parametrize("identifier", ["x", "%23STANDING", "STANDING", "a" * 2000, "%00", "ünïcödé"])
def test_an_address_that_is_not_an_id_is_not_found(alice: User, identifier: str) -> None:
    added(alice)
    a_goal(alice)
    services.achievements_refresh("alice")
    browser, api = signed_in(alice), api_client(alice)
    for path in ("entries/{}/", "entries/{}/edit/", "entries/{}/measure/", "goals/{}/edit/"):
        assert browser.get(f"/carbon/{path.format(identifier)}").status_code == 404
    for path in ("entries/{}/delete/", "goals/{}/delete/", "entries/deleted/{}/restore/", "goals/deleted/{}/restore/"):
        assert browser.post(f"/carbon/{path.format(identifier)}").status_code == 404
    for path in ("entries", "goals"):
        assert api.get(f"/api/v1/carbon/{path}/{identifier}/").status_code == 404
        assert api.delete(f"/api/v1/carbon/{path}/{identifier}/").status_code == 404


def both_look_alike(user: User, method: str, path: str, theirs: str, sent: dict[str, str]) -> bool:
    """Whether what is somebody else's is answered as what is not there: 404, the same words, as many requests."""
    client: Any = api_client(user) if path.startswith("/api") else signed_in(user)
    more = {"format": "json"} if path.startswith("/api") and method != "get" else {}
    found = []
    for identifier in (theirs, derived_id(clock.now(), "nobodys")):
        with measured() as usage:
            response = getattr(client, method)(path.format(identifier), {} if method == "get" else sent, **more)
        found.append((response.status_code, neutral(response, identifier), usage.requests))
    return found[0] == found[1] and found[0][0] == 404
