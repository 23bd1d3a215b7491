"""Entries and factors over HTTP."""

from datetime import date, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock
from core.accounts.domain import User
from core.ids import derived_id
from core.storage import measured
from tests.carbon.api import ENTRIES, FACTORS, body, patch, post
from tests.carbon.builders import added, an_estimate, check_adds_up, entries_of, estimated
from tests.carbon.pages import ACCOUNT_TABLES

TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("noon")


def test_an_entry_is_added_with_the_least_that_it_needs(alice: User, api: APIClient) -> None:
    with measured() as usage:
        answer = post(api, ENTRIES, body())
    assert answer.status_code == 201
    assert usage.without(*ACCOUNT_TABLES).requests <= 5
    entry = answer.json()
    assert {name: entry[name] for name in entry if name != "entry_id"} == {
        "timestamp": "2026-11-20T12:00:00.000Z",
        "day": "2026-11-20",
        "category": "transportation",
        "activity": "car_petrol",
        "amount": "100",
        "unit": "km",
        "occupancy": 1,
        "description": "",
        "kg_co2e": "16.152",
        "kg_co2e_with_fuel_supply": "20.751",
        "factor": {
            "id": "car_petrol/GB/vehicle_km/1",
            "value": "0.16152",
            "value_fuel_supply": "0.04599",
            "unit": "vehicle_km",
            "year": 2026,
            "region": "GB",
            "licence": "OGL v3.0",
            "source": "UK Government GHG conversion factors 2026 (DESNZ)",
        },
        "is_estimate": False,
        "expense_id": None,
        "version": 1,
        "created_at": "2026-11-20T12:00:00.000Z",
        "updated_at": "2026-11-20T12:00:00.000Z",
    }
    with measured() as usage:
        assert api.get(f"{ENTRIES}{entry['entry_id']}/").json() == entry
    assert usage.without(*ACCOUNT_TABLES).requests == 1


def test_an_entry_is_added_with_everything(api: APIClient) -> None:
    said = {
        "entry_id": derived_id(clock.now(), "one"),
        "timestamp": "2026-10-31T23:30:00.000Z",
        "category": "transportation",
        "activity": "car_petrol",
        "amount": "62.137119",
        "unit": "mile",
        "description": "To the sea",
        "occupancy": 2,
        "region": "GB",
    }
    entry = post(api, ENTRIES, said).json()
    assert {name: entry[name] for name in said if name != "region"} == {n: v for n, v in said.items() if n != "region"}
    assert (entry["kg_co2e"], entry["day"]) == ("8.076", "2026-10-31")


def test_a_kilogram_of_beef(api: APIClient) -> None:
    entry = post(api, ENTRIES, body(activity="beef_beef_herd", amount="1", unit="kg")).json()
    assert (entry["kg_co2e"], entry["kg_co2e_with_fuel_supply"]) == ("99.48", None)


@pytest.mark.parametrize(
    ("wrong", "field", "named"),
    [
        ({"activity": "car_petro"}, "activity", "car_petrol"),
        ({"activity": "x" * 61}, "activity", "60"),
        ({"activity": None}, "activity", ""),
        ({"unit": "kms_of_road"}, "unit", "km, mile or m"),
        ({"unit": "kwh"}, "unit", "km, mile or m"),
        ({"unit": "x" * 41}, "unit", "40"),
        ({"amount": "0"}, "amount", "0"),
        ({"amount": "-1"}, "amount", "0"),
        ({"amount": "1,5"}, "amount", ""),
        ({"amount": "NaN"}, "amount", ""),
        ({"amount": True}, "amount", ""),
        ({"amount": "1.1234567"}, "amount", "6"),
        ({"amount": "1000000001"}, "amount", "1,000,000,000"),
        ({"timestamp": "2026-11-20"}, "timestamp", ""),
        ({"timestamp": "2026-11-21T12:00:00Z"}, "timestamp", ""),
        ({"timestamp": "1969-12-31T12:00:00Z"}, "timestamp", "1970"),
        ({"occupancy": 0}, "occupancy", "1"),
        ({"occupancy": 21}, "occupancy", "20"),
        ({"category": "food"}, "category", "transportation"),
        ({"category": "flying"}, "category", ""),
        ({"description": "x" * 501}, "description", "500"),
        ({"entry_id": "x"}, "entry_id", "UUIDv7"),
        ({"region": "ABCDEF"}, "region", "5"),
        ({"region": "FR"}, "region", "GB"),
        ({"kg_co2e": "1"}, "kg_co2e", ""),
        ({"surprise": 1}, "surprise", ""),
    ],
)
def test_bad_input_names_its_field_and_the_limit(
    alice: User, api: APIClient, wrong: dict[str, Any], field: str, named: str
) -> None:
    answer = post(api, ENTRIES, body(**wrong))
    assert answer.status_code == 400
    problem = answer.json()
    assert (problem["code"], list(problem["errors"])) == ("invalid", [field])
    assert named in " ".join(problem["errors"][field])
    assert entries_of(alice) == []


def test_persons_share_a_vehicle_alone(alice: User, api: APIClient) -> None:
    answer = post(api, ENTRIES, body(activity="taxi", occupancy=2))
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["occupancy"])
    assert entries_of(alice) == []


def test_an_idempotency_key_makes_one_entry(alice: User, api: APIClient) -> None:
    first, second = (post(api, ENTRIES, body(), **{"Idempotency-Key": "one"}) for _ in range(2))
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(entries_of(alice)) == 1
    other = post(api, ENTRIES, body(amount="7"), **{"Idempotency-Key": "one"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


def test_the_same_entry_id_is_the_same_entry(alice: User, api: APIClient) -> None:
    said = body(entry_id=derived_id(clock.now(), "one"), timestamp="2026-11-20T08:00:00Z")
    assert [post(api, ENTRIES, said).status_code for _ in range(2)] == [201, 201]
    assert len(entries_of(alice)) == 1
    other = post(api, ENTRIES, {**said, "amount": "7"})
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")


def test_entries_newest_first_in_pages_and_by_filter(alice: User, api: APIClient) -> None:
    entries = [added(alice, on=TODAY - timedelta(days=back)) for back in range(3)]
    cheese = added(alice, "cheese", "1", "kg", on=date(2026, 10, 1))
    with measured() as usage:
        first = api.get(f"{ENTRIES}?limit=2").json()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert [each["entry_id"] for each in first["items"]] == [each.entry_id for each in entries[:2]]
    second = api.get(ENTRIES, {"limit": 2, "cursor": first["next"]}).json()
    assert [each["entry_id"] for each in second["items"]] == [entries[2].entry_id, cheese.entry_id]
    for query in ({"category": "food"}, {"to": "2026-10-31"}, {"from": "2026-10-01", "to": "2026-10-01"}):
        assert [each["entry_id"] for each in api.get(ENTRIES, query).json()["items"]] == [cheese.entry_id]
    refused = api.get(ENTRIES, {"limit": 2, "cursor": first["next"], "category": "food"})
    assert (refused.status_code, refused.json()["code"]) == (400, "cursor_refused")


def test_estimates_alone_and_measured_entries_alone(alice: User, api: APIClient) -> None:
    measured_one = added(alice)
    expense_id = derived_id(clock.now(), "expense")
    estimated("alice", an_estimate(expense_id, TODAY))
    (estimate,) = api.get(ENTRIES, {"kind": "estimated"}).json()["items"]
    assert (estimate["entry_id"], estimate["expense_id"], estimate["is_estimate"]) == (expense_id, expense_id, True)
    (found,) = api.get(ENTRIES, {"kind": "measured"}).json()["items"]
    assert found["entry_id"] == measured_one.entry_id


def test_an_estimate_that_changed_since_it_was_read_is_not_measured(alice: User, api: APIClient) -> None:
    expense_id = derived_id(clock.now(), "expense")
    estimated("alice", an_estimate(expense_id, TODAY))
    estimated("alice", an_estimate(expense_id, TODAY, kg="7"))
    said = {"activity": "taxi", "amount": "5", "unit": "km"}
    late = patch(api, f"{ENTRIES}{expense_id}/", {**said, "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    assert entries_of(alice)[0].is_estimate
    assert patch(api, f"{ENTRIES}{expense_id}/", {**said, "version": 2}).status_code == 200
    assert not entries_of(alice)[0].is_estimate
    check_adds_up(alice)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-13-01"}, "to"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "2026-02-01", "to": "2026-01-31"}, "to"),
        ({"category": "flying"}, "category"),
        ({"kind": "x"}, "kind"),
        ({"limit": "0"}, "limit"),
        ({"colour": "red"}, "colour"),
    ],
)
@pytest.mark.parametrize("path", ["", "export/"])
def test_a_wrong_query_names_its_field(api: APIClient, path: str, query: dict[str, str], field: str) -> None:
    if path and field == "limit":
        return
    answer = api.get(f"{ENTRIES}{path}", query)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_the_export_takes_csv_and_json_alone(api: APIClient) -> None:
    answer = api.get(f"{ENTRIES}export/", {"format": "xml"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["format"])
    assert api.get(f"{ENTRIES}export/")["Content-Type"] == "text/csv; charset=utf-8"


def test_text_in_the_export_is_not_a_formula(alice: User, api: APIClient) -> None:
    added(alice, description="=1+1")
    response: Any = api.get(f"{ENTRIES}export/")
    assert ",'=1+1," in b"".join(response).decode()


def test_an_entry_is_changed_in_part(alice: User, api: APIClient) -> None:
    entry = added(alice, description="Office", occupancy=2)
    address = f"{ENTRIES}{entry.entry_id}/"
    changed = patch(api, address, {"amount": "50"}).json()
    assert (changed["kg_co2e"], changed["description"], changed["occupancy"]) == ("4.038", "Office", 2)
    changed = patch(api, address, {"timestamp": "2026-10-01T12:00:00Z", "occupancy": 1}).json()
    assert (changed["day"], changed["kg_co2e"], changed["version"]) == ("2026-10-01", "8.076", 3)
    late = patch(api, address, {"amount": "1", "version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    for wrong in ({"unit": "kwh"}, {"activity": "car"}, {"amount": "0"}, {"category": "food"}, {"surprise": 1}):
        assert patch(api, address, wrong).status_code == 400
    assert patch(api, address, {"activity": "taxi", "category": "transportation"}).json()["activity"] == "taxi"
    check_adds_up(alice)


def test_an_entry_is_deleted(alice: User, api: APIClient) -> None:
    address = f"{ENTRIES}{added(alice).entry_id}/"
    assert api.delete(address).status_code == 204
    assert api.delete(address).status_code == 404
    assert api.get(address).status_code == 404
    check_adds_up(alice)


def test_an_estimate_is_measured_by_a_change(alice: User, api: APIClient) -> None:
    expense_id = derived_id(clock.now(), "expense")
    estimated("alice", an_estimate(expense_id, TODAY - timedelta(days=1), "40"))
    address = f"{ENTRIES}{expense_id}/"
    half = patch(api, address, {"amount": "30"})
    assert (half.status_code, set(half.json()["errors"])) == (400, {"activity", "unit"})
    refused = api.delete(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "estimate_follows_expense")
    entry = patch(api, address, {"activity": "petrol", "amount": "30", "unit": "litre"}).json()
    assert (entry["kg_co2e"], entry["is_estimate"], entry["expense_id"]) == ("62.25", False, expense_id)
    assert len(entries_of(alice)) == 1
    check_adds_up(alice)


def test_factors_are_open_to_everybody_and_searched() -> None:
    api = APIClient()
    first = api.get(FACTORS, {"limit": "1", "category": "transportation"}).json()
    second = api.get(FACTORS, {"limit": "1", "category": "transportation", "cursor": first["next"]}).json()
    assert first["items"][0]["id"] != second["items"][0]["id"]
    (beef,) = api.get(FACTORS, {"q": "beef_beef"}).json()["items"]
    assert {name: beef[name] for name in ("activity", "value", "unit", "source", "year", "region", "licence")} == {
        "activity": "beef_beef_herd",
        "value": "99.48",
        "unit": "kg",
        "source": "Poore & Nemecek 2018, through Our World in Data",
        "year": 2010,
        "region": "world",
        "licence": "CC BY 4.0",
    }
    with measured() as usage:
        api.get(FACTORS)
    assert usage.without("Throttle").requests == 1
    for query, field in (({"category": "flying"}, "category"), ({"q": "x" * 101}, "q"), ({"sort": "x"}, "sort")):
        answer = api.get(FACTORS, query)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert api.get(FACTORS, {"cursor": first["next"]}).status_code == 400
