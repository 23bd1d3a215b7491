"""Endpoints of budgets with input that makes no sense: a clear 400 that names the field, and nothing written."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from budgets import selectors
from core.accounts.domain import User
from tests.budgets.builders import SPENT_ON, spent
from tests.builders import api_client

pytestmark = pytest.mark.usefixtures("noon")

EXPENSE: dict[str, Any] = {"amount": "12.50", "category": SPENT_ON, "date": "2026-11-20"}
BUDGET: dict[str, Any] = {"amount": "550", "thresholds": [50, 80, 100]}
NOTHING = object()
NO_NUMBERS: list[Any] = [
    *("", "ten", "1,5", "1_0", "１２", "١٢", "NaN", "Infinity", "1e400", "1.234", 12.5, None, True, [], {}),
]
NO_AMOUNTS: list[Any] = [*NO_NUMBERS, "0", "-1", "1000000000000.01"]
WRONG: dict[str, list[Any]] = {
    "amount": NO_AMOUNTS,
    "category": ["", "Nothing", "food & dining", "x" * 51, None, 5, ["Travel"], "\x00"],
    "date": ["", "yesterday", "2026-02-30", "1969-12-31", "2027-11-21", "9999-12-31", "2026-11-20T10:00:00Z", None, 5],
    "description": ["x" * 501, "a\x07b", None, {"a": 1}],
    "merchant": ["x" * 201, "a\x07b", None],
    "tags": ["work", [["x"]], ["x" * 51], ["a,b"], [f"tag {number}" for number in range(21)], None],
    "refund": ["perhaps", None],
    "currency": ["usd", "xyz", "", "euros", None],
    "splits": [[]],
    "colour": ["red"],
    "import_id": ["x"],
}
CASES = [(field, bad) for field, values in WRONG.items() for bad in values]
NEW_ALONE: list[tuple[str, Any]] = [
    *((field, NOTHING) for field in ("amount", "category")),
    *(("expense_id", bad) for bad in ("1", "", None, "550e8400-e29b-41d4-a716-446655440000")),
    ("version", 1),
]
CHANGES_ALONE: list[tuple[str, Any]] = [*(("version", bad) for bad in ("x", -1, None)), ("expense_id", "x")]
WRONG_BUDGETS: dict[str, list[Any]] = {
    "amount": [*NO_NUMBERS, "-1", "1000000000000.01", NOTHING],
    "thresholds": [[], [0], [1001], [50, 50], ["half"], [50.5], list(range(1, 12)), None, "50"],
    "period": ["weekly", "", None],
    "rollover": ["none"],
    "category": ["Travel"],
}


@pytest.fixture
def client(alice: User) -> APIClient:
    return api_client(alice)


def refused(response: Any) -> list[str]:
    """The fields that a 400 names."""
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert response.headers["Content-Type"] == "application/problem+json"
    return [field.partition(".")[0] for field in response.json()["errors"]]


@pytest.mark.parametrize(("field", "bad"), [*CASES, *NEW_ALONE])
def test_an_expense_that_cannot_be_is_not_recorded(client: APIClient, field: str, bad: object) -> None:
    body = {name: value for name, value in {**EXPENSE, field: bad}.items() if value is not NOTHING}
    assert refused(client.post("/api/v1/expenses/", body, format="json")) == [field]
    assert list(selectors.expenses_every("alice")) == []


@pytest.mark.parametrize(("field", "bad"), [*CASES, *CHANGES_ALONE])
def test_a_change_that_cannot_be_changes_nothing(alice: User, client: APIClient, field: str, bad: object) -> None:
    expense = spent(alice, "12.50")
    response = client.patch(f"/api/v1/expenses/{expense.expense_id}/", {field: bad}, format="json")
    assert refused(response) == [field]
    assert selectors.expense_get("alice", expense.expense_id) == expense


def test_another_currency_says_which_one_is_taken(client: APIClient) -> None:
    response = client.post("/api/v1/expenses/", {**EXPENSE, "currency": "usd"}, format="json")
    assert refused(response) == ["currency"]
    assert "eur" in response.json()["errors"]["currency"][0]


def test_all_that_is_wrong_is_said_at_once(client: APIClient) -> None:
    body = {"amount": "-1", "category": "Nothing", "date": "2030-01-01", "tags": ["a,b"]}
    assert sorted(refused(client.post("/api/v1/expenses/", body, format="json"))) == sorted(body)


@pytest.mark.parametrize(("field", "bad"), [(field, bad) for field, values in WRONG_BUDGETS.items() for bad in values])
def test_a_budget_that_cannot_be_is_not_set(client: APIClient, field: str, bad: object) -> None:
    body = {name: value for name, value in {**BUDGET, field: bad}.items() if value is not NOTHING}
    assert refused(client.put("/api/v1/budgets/Travel/", body, format="json")) == [field]
    assert selectors.definitions_of("alice").version == 0


@pytest.mark.parametrize("category", ["Nothing", "travel", "summary", "x" * 2000, "%00"])
def test_a_budget_of_a_category_that_is_not_there(client: APIClient, category: str) -> None:
    assert refused(client.put(f"/api/v1/budgets/{category}/", BUDGET, format="json")) == ["category"]
    assert client.delete(f"/api/v1/budgets/{category}/").status_code == 404


@pytest.mark.parametrize("name", ["", "  ", "x" * 51, "a\x07b", "&&&", "Travel", None, 5.5, ["x"], NOTHING])
def test_a_category_that_cannot_be_is_not_added(client: APIClient, name: object) -> None:
    body = {} if name is NOTHING else {"name": name}
    assert refused(client.post("/api/v1/categories/", body, format="json")) == ["name"]
    assert selectors.definitions_of("alice").version == 0


def test_which_category_to_remove_must_be_said(client: APIClient) -> None:
    assert refused(client.delete("/api/v1/categories/")) == ["name"]


@pytest.mark.parametrize("path", ["expenses/", "categories/"])
@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", '{"amount": NaN}', '{"amount": 1e999}'])
def test_a_body_that_is_no_object_of_fields(client: APIClient, path: str, body: str) -> None:
    response = client.post(f"/api/v1/{path}", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["code"] in ("malformed", "invalid")


@pytest.mark.parametrize("path", ["expenses/", "expenses/export/"])
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "yesterday"}, "from"),
        ({"from": ""}, "from"),
        ({"to": "9999-12-31"}, "to"),
        ({"from": "2026-02-01", "to": "2026-01-31"}, "to"),
        ({"q": "x" * 101}, "q"),
        ({"category": "x" * 51}, "category"),
        ({"sort": "amount"}, "sort"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_filter_is_named(client: APIClient, path: str, query: dict[str, str], field: str) -> None:
    assert refused(client.get(f"/api/v1/{path}", query)) == [field]


@pytest.mark.parametrize("limit", ["0", "101", "many"])
def test_a_wrong_limit_is_named(client: APIClient, limit: str) -> None:
    assert refused(client.get("/api/v1/expenses/", {"limit": limit})) == ["limit"]


@pytest.mark.parametrize("kind", ["xml", "", "CSV", "api"])
def test_an_export_of_another_kind_is_refused(client: APIClient, kind: str) -> None:
    assert refused(client.get("/api/v1/expenses/export/", {"format": kind})) == ["format"]


@pytest.mark.parametrize("query", [{"month": "2026-13"}, {"month": "november"}, {"month": ""}, {"month": "0000-01"}])
def test_what_is_no_month_is_refused(client: APIClient, query: dict[str, str]) -> None:
    assert refused(client.get("/api/v1/budgets/summary/", query)) == ["month"]


def test_a_broken_cursor(client: APIClient) -> None:
    response = client.get("/api/v1/expenses/", {"cursor": "abc"})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_refused")


@pytest.mark.parametrize("expense_id", ["1", "%00", "x" * 2000, "ünïcödé", "01932f0a-7c00-7abc-8def-0123456789ab"])
@pytest.mark.parametrize("method", ["get", "patch", "delete"])
def test_an_expense_that_is_not_there(client: APIClient, expense_id: str, method: str) -> None:
    response = getattr(client, method)(f"/api/v1/expenses/{expense_id}/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_description_beyond_unicode_is_refused(client: APIClient) -> None:
    body = '{"amount": "1", "category": "Travel", "description": "\\ud800"}'
    response = client.post("/api/v1/expenses/", body, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (400, "malformed")
