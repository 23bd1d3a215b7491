"""Emission factors in the hands of the staff: new versions beside the old ones, each with a reason."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from carbon.domain.factor_draft import FactorDraft
from carbon.selectors import factors_listed, factors_of
from carbon.services import factor_add
from core import audit
from core.accounts.domain import User
from core.accounts.services import role_grant
from core.errors import NotPermitted
from tests.builders import api_client, signed_in
from tests.carbon.builders import factor_find

WHY = "The conversion factors of the new year are out"


@pytest.fixture
def program(ada: User) -> APIClient:
    return api_client(ada)


def _petrol(**changed: Any) -> dict[str, Any]:
    """What is said of a newer factor of an average petrol car."""
    return {
        "activity": "car_petrol",
        "label": "Car, petrol, average",
        "category": "transportation",
        "region": "GB",
        "unit": "vehicle_km",
        "kg_direct": "0.15",
        "kg_fuel_supply": "0.04",
        "year": 2027,
        "best_before": "2028-07-01",
        "source": "UK Government GHG conversion factors 2027",
        "licence": "Open Government Licence v3.0",
        "reason": WHY,
        **changed,
    }


@pytest.mark.every_backend
def test_a_new_version_is_kept_beside_the_old_one_with_an_entry(ada: User) -> None:
    before = factor_find("car_petrol", "km", "GB")
    answer = signed_in(ada).post("/staff/factors/add/", _petrol())
    assert (answer.status_code, answer["Location"]) == (302, "/staff/factors/")
    after = factor_find("car_petrol", "km", "GB")
    assert (after.version, after.kg_direct, after.kg_fuel_supply) == (
        before.version + 1,
        Decimal("0.15"),
        Decimal("0.04"),
    )
    assert before in factors_of("car_petrol")
    (entry,) = audit.entries_newest(5).items
    assert (entry.actor, entry.action, entry.subject) == ("ada", "factor.add", "factor#car_petrol/GB/vehicle_km")
    assert entry.reason == WHY
    assert Decimal(entry.before["kg_direct"]) == before.kg_direct
    assert entry.after["kg_direct"] == "0.15"


def test_the_list_marks_what_is_past_its_best(browser: Client) -> None:
    browser.post("/staff/factors/add/", _petrol(best_before="2020-01-01"))
    stale = browser.get("/staff/factors/?stale=on").content.decode()
    assert "out of date" in stale
    assert "Car, petrol, average" in stale
    page = browser.get("/staff/factors/?q=beef").content.decode()
    assert "Car, petrol, average" not in page
    assert "eef" in page


def test_a_newer_version_begins_with_what_is_known(browser: Client) -> None:
    known = factor_find("car_petrol", "km", "GB")
    page = browser.get("/staff/factors/add/", {"like": known.factor_id}).content.decode()
    for text in ('value="car_petrol"', 'value="vehicle_km"', 'value="GB"'):
        assert text in page


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"reason": ""}, "Reason"),
        ({"kg_direct": "much"}, "kg CO2e of one unit, direct"),
        ({"kg_direct": "-1"}, "kg CO2e of one unit, direct"),
        ({"region": "Atlantis"}, "Region"),
        ({"unit": "barrel"}, "Unit"),
        ({"best_before": "soon"}, "Best before"),
        ({"category": "food"}, "Category"),
    ],
)
def test_what_is_wrong_is_shown_and_nothing_is_written(browser: Client, changed: dict[str, str], label: str) -> None:
    before = len(factors_listed())
    answer = browser.post("/staff/factors/add/", _petrol(**changed))
    assert answer.status_code == 422
    assert f">{label}</a>" in answer.content.decode()
    assert (len(factors_listed()), factor_find("car_petrol", "km", "GB").version) == (before, 1)
    assert audit.entries_newest(5).items == ()


def test_the_endpoint_adds_once_and_lists_versions(program: APIClient) -> None:
    answers = [
        program.post("/api/v1/staff/factors/", _petrol(), format="json", headers={"Idempotency-Key": "k1"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotent-Replay"] == "true"
    assert (answers[0].json()["version"], answers[0].json()["kg_direct"]) == (2, "0.15")
    versions = program.get("/api/v1/staff/factors/?activity=car_petrol").json()["items"]
    assert [item["version"] for item in versions if item["region"] == "GB"] == [2, 1]
    assert len(audit.entries_newest(5).items) == 1


def test_a_unit_written_another_way_is_answered_as_before(program: APIClient) -> None:
    said = _petrol(unit="Vehicle km", activity="Car petrol")
    first, again = (
        program.post("/api/v1/staff/factors/", said, format="json", headers={"Idempotency-Key": "k1"}) for _ in range(2)
    )
    assert (first.json()["factor_id"], again.json()) == ("car_petrol/GB/vehicle_km/2", first.json())
    (entry,) = audit.entries_newest(5).items
    assert (entry.subject, entry.before["kg_direct"]) == ("factor#car_petrol/GB/vehicle_km", "0.16152")


def test_the_endpoint_lists_page_after_page(program: APIClient) -> None:
    first = program.get("/api/v1/staff/factors/?limit=100").json()
    second = program.get("/api/v1/staff/factors/", {"limit": 100, "cursor": first["next"]}).json()
    ids = [item["factor_id"] for item in (*first["items"], *second["items"])]
    assert len(set(ids)) == 200


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"reason": "x"}, ["reason"]),
        ({"kg_direct": "much"}, ["kg_direct"]),
        ({"region": "Atlantis", "unit": "barrel"}, ["region", "unit"]),
        ({"version": 7}, ["version"]),
    ],
)
def test_the_endpoint_says_what_is_wrong(program: APIClient, changed: dict[str, Any], fields: Sequence[str]) -> None:
    answer = program.post("/api/v1/staff/factors/", _petrol(**changed), format="json")
    assert (answer.status_code, sorted(answer.json()["errors"])) == (400, fields)


def test_who_is_no_administrator_any_more_adds_nothing(ada: User) -> None:
    role_grant("ada", "user")
    fields = {name: value for name, value in _petrol().items() if name not in ("reason", "kg_direct", "best_before")}
    draft = FactorDraft(kg_direct=Decimal("0.15"), best_before=date(2028, 7, 1), **{**fields, "kg_fuel_supply": None})
    with pytest.raises(NotPermitted):
        factor_add(ada, draft, reason=WHY)
    assert factor_find("car_petrol", "km", "GB").version == 1
