"""The endpoints of expenses, categories and budgets: what they take and answer."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from rest_framework.test import APIClient

from budgets import selectors, services
from budgets.domain.categories import CATEGORIES
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from tests.budgets.builders import MONTH, SPENT_ON, a_draft, budgeted, check_totals, refunded, spent, total
from tests.budgets.pages import ACCOUNT_TABLES
from tests.builders import api_client, there
from tests.times import at

pytestmark = pytest.mark.usefixtures("noon")

EXPENSE: dict[str, Any] = {
    "amount": "12.50",
    "category": SPENT_ON,
    "date": "2026-11-20",
    "description": "lunch",
    "merchant": "Tasca",
    "tags": ["work", "team"],
}


@pytest.fixture
def client(alice: User) -> APIClient:
    return api_client(alice)


def test_an_expense_is_recorded_and_read(alice: User, client: APIClient) -> None:
    with measured() as usage:
        response = client.post("/api/v1/expenses/", EXPENSE, format="json")
    assert (response.status_code, usage.without(*ACCOUNT_TABLES).requests) == (201, 2)
    body = response.json()
    (expense,) = selectors.expenses_every("alice")
    assert body == {
        **EXPENSE,
        "expense_id": expense.expense_id,
        "refund": False,
        "currency": "eur",
        "receipt": None,
        "import_id": None,
        "version": 1,
        "created_at": "2026-11-20T12:00:00.000Z",
        "updated_at": "2026-11-20T12:00:00.000Z",
    }
    with measured() as usage:
        assert client.get(f"/api/v1/expenses/{expense.expense_id}/").json() == body
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    check_totals(alice)


def test_the_least_that_is_to_be_said(client: APIClient) -> None:
    body = client.post("/api/v1/expenses/", {"amount": 5, "category": "Travel"}, format="json").json()
    assert (body["amount"], body["date"]) == ("5.00", "2026-11-20")
    assert (body["description"], body["merchant"], body["tags"], body["refund"]) == ("", "", [], False)


def test_today_is_the_users_own() -> None:
    carol = there(User("carol", "carol@example.com", time_zone="Asia/Tokyo"))
    with at(datetime(2026, 11, 30, 15, 1, tzinfo=UTC)):
        client = api_client(carol)
        body = client.post("/api/v1/expenses/", {"amount": "5", "category": "Travel"}, format="json").json()
        summary = client.get("/api/v1/budgets/summary/").json()
    assert (body["date"], summary["month"]) == ("2026-12-01", "2026-12")


@pytest.mark.parametrize("amount", ["7.50", "-7.50"])
def test_a_refund_is_below_zero_and_says_so(alice: User, client: APIClient, amount: str) -> None:
    body = client.post("/api/v1/expenses/", {**EXPENSE, "amount": amount, "refund": True}, format="json").json()
    assert (body["amount"], body["refund"]) == ("-7.50", True)
    assert total(alice) == (Decimal("-7.50"), 1)


@pytest.mark.parametrize("currency", ["eur", "EUR"])
def test_the_users_currency_may_be_said(client: APIClient, currency: str) -> None:
    response = client.post("/api/v1/expenses/", {**EXPENSE, "currency": currency}, format="json")
    assert (response.status_code, response.json()["currency"]) == (201, "eur")


def test_what_was_read_can_be_sent_back(alice: User, client: APIClient) -> None:
    expense = refunded(alice, "7.50")
    body = client.get(f"/api/v1/expenses/{expense.expense_id}/").json()
    said = {name: body[name] for name in (*EXPENSE, "refund", "currency", "version")}
    response = client.patch(f"/api/v1/expenses/{expense.expense_id}/", said, format="json")
    assert (response.status_code, response.json()) == (200, body)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"amount": "30"}, {"amount": "30.00"}),
        ({"refund": True}, {"amount": "-12.50", "refund": True}),
        ({"category": "Travel", "date": "2026-10-02"}, {"category": "Travel", "date": "2026-10-02"}),
        ({"description": "", "merchant": "", "tags": []}, {"description": "", "merchant": "", "tags": []}),
        ({"version": 1, "amount": "30"}, {"amount": "30.00"}),
        ({}, {}),
    ],
)
def test_a_change_changes_what_is_given(
    alice: User, client: APIClient, change: dict[str, Any], expected: dict[str, Any]
) -> None:
    expense_id = client.post("/api/v1/expenses/", EXPENSE, format="json").json()["expense_id"]
    before = client.get(f"/api/v1/expenses/{expense_id}/").json()
    with measured() as usage:
        response = client.patch(f"/api/v1/expenses/{expense_id}/", change, format="json")
    after = response.json()
    assert response.status_code == 200
    assert usage.without(*ACCOUNT_TABLES).requests <= 4
    assert after == {**before, **expected, "version": after["version"], "updated_at": after["updated_at"]}
    assert after["version"] == (2 if change else 1)
    check_totals(alice)


def test_a_change_of_an_older_version_is_refused(alice: User, client: APIClient) -> None:
    expense = spent(alice, "12.50")
    services.expense_change(alice, expense.expense_id, a_draft("99"))
    path = f"/api/v1/expenses/{expense.expense_id}/"
    response = client.patch(path, {"amount": "30", "version": 1}, format="json")
    assert (response.status_code, response.json()["code"]) == (409, "changed_meanwhile")
    assert client.get(path).json()["amount"] == "99.00"


def test_a_refund_stays_one_when_its_amount_changes(alice: User, client: APIClient) -> None:
    expense = refunded(alice, "7.50")
    path = f"/api/v1/expenses/{expense.expense_id}/"
    assert client.patch(path, {"amount": "9"}, format="json").json()["amount"] == "-9.00"
    assert client.patch(path, {"refund": False}, format="json").json()["amount"] == "9.00"


def test_a_deleted_expense_is_gone_until_it_is_restored(alice: User, client: APIClient) -> None:
    expense = spent(alice, "12.50")
    path = f"/api/v1/expenses/{expense.expense_id}/"
    with measured() as usage:
        response = client.delete(path)
    assert (response.status_code, usage.without(*ACCOUNT_TABLES).requests) == (204, 2)
    assert (client.get(path).status_code, client.delete(path).status_code) == (404, 404)
    (deleted,) = selectors.expenses_deleted("alice")
    services.expense_restore(alice, deleted.entry)
    assert client.get(path).status_code == 200


def test_the_list_filters_and_pages(alice: User, client: APIClient) -> None:
    for number in range(5):
        spent(alice, "1", "Travel", date(2026, 11, 1 + number), description=f"day {number + 1}")
    spent(alice, "2", description="lunch")
    query = {"category": "Travel", "from": "2026-11-02", "to": "2026-11-04", "q": "day", "limit": "2"}
    with measured() as usage:
        first = client.get("/api/v1/expenses/", query).json()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    second = client.get("/api/v1/expenses/", {**query, "cursor": first["next"]}).json()
    assert [each["description"] for each in first["items"] + second["items"]] == ["day 4", "day 3", "day 2"]
    assert second["next"] is None
    other = client.get("/api/v1/expenses/", {"cursor": first["next"]})
    assert (other.status_code, other.json()["code"]) == (400, "cursor_refused")


def test_the_expenses_own_id_makes_it_repeatable(client: APIClient) -> None:
    body = {**EXPENSE, "expense_id": new_id()}
    first = client.post("/api/v1/expenses/", body, format="json")
    again = client.post("/api/v1/expenses/", body, format="json")
    other = client.post("/api/v1/expenses/", {**body, "amount": "13"}, format="json")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert other.json()["code"] == "idempotency_mismatch"


def test_a_key_makes_it_repeatable(alice: User, client: APIClient) -> None:
    headers = {"Idempotency-Key": "one"}
    with measured() as usage:
        first = client.post("/api/v1/expenses/", EXPENSE, format="json", headers=headers)
    assert usage.without(*ACCOUNT_TABLES).requests == 3
    again = client.post("/api/v1/expenses/", EXPENSE, format="json", headers=headers)
    other = client.post("/api/v1/expenses/", {**EXPENSE, "amount": "13"}, format="json", headers=headers)
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert total(alice) == (Decimal("12.50"), 1)


def test_a_category_with_a_key_is_repeatable_and_the_key_is_then_taken(client: APIClient) -> None:
    answers = [
        client.post("/api/v1/categories/", {"name": name}, format="json", headers={"Idempotency-Key": key})
        for name, key in (("Pets", "one"), ("Pets", "one"), ("Pets", "two"), ("Garden", "two"))
    ]
    assert [each.status_code for each in answers] == [201, 201, 201, 409]
    assert [each.headers.get("Idempotent-Replay") for each in answers] == [None, "true", None, None]
    assert selectors.categories_of("alice") == (*CATEGORIES, "Pets")


def test_categories_are_listed_added_and_removed(client: APIClient) -> None:
    with measured() as usage:
        found = client.get("/api/v1/categories/").json()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert found == {"items": [{"name": name, "own": False} for name in CATEGORIES], "next": None}
    for _ in range(2):
        added = client.post("/api/v1/categories/", {"name": " Pets  & garden"}, format="json")
        assert (added.status_code, added.json()) == (201, {"name": "Pets & garden", "own": True})
    assert client.get("/api/v1/categories/").json()["items"][-1] == {"name": "Pets & garden", "own": True}
    for status in (204, 404):
        assert client.delete("/api/v1/categories/?name=Pets+%26+garden").status_code == status
    assert len(client.get("/api/v1/categories/").json()["items"]) == len(CATEGORIES)


def test_a_category_with_a_budget_is_in_use(alice: User, client: APIClient) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "10", "Pets")
    response = client.delete("/api/v1/categories/?name=Pets")
    assert (response.status_code, response.json()["code"]) == (409, "category_in_use")


def test_budgets_are_set_listed_and_deleted(client: APIClient) -> None:
    path = "/api/v1/budgets/Food%20%26%20Dining/"
    with measured() as usage:
        response = client.put(path, {"amount": "550", "thresholds": [90, 25]}, format="json")
    assert (response.status_code, usage.without(*ACCOUNT_TABLES).requests) == (200, 2)
    body = response.json()
    assert body == {
        "category": SPENT_ON,
        "period": "monthly",
        "amount": "550.00",
        "thresholds": [25, 90],
        "created_at": "2026-11-20T12:00:00.000Z",
        "updated_at": "2026-11-20T12:00:00.000Z",
    }
    client.put("/api/v1/budgets/Transportation/", {"amount": "0", "period": "monthly"}, format="json")
    with measured() as usage:
        items = client.get("/api/v1/budgets/").json()["items"]
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert [(each["category"], each["amount"]) for each in items] == [(SPENT_ON, "550.00"), ("Transportation", "0.00")]
    assert items[1]["thresholds"] == [50, 80, 100]
    assert [client.delete(path).status_code for _ in range(2)] == [204, 404]


@pytest.mark.parametrize("name", ["summary", "a/b", "a?b", "ü #1", "100%"])
def test_every_category_has_an_address(client: APIClient, name: str) -> None:
    client.post("/api/v1/categories/", {"name": name}, format="json")
    path = f"/api/v1/budgets/{quote(name, safe='')}/"
    assert client.put(path, {"amount": "5"}, format="json").json()["category"] == name
    assert client.delete(path).status_code == 204


def test_the_month_is_one_request(alice: User, client: APIClient) -> None:
    budgeted(alice, "550")
    budgeted(alice, "100", "Travel")
    spent(alice, "330")
    spent(alice, "108.90", "Travel")
    spent(alice, "40", "Healthcare")
    with measured() as usage:
        body = client.get("/api/v1/budgets/summary/", {"month": str(MONTH)}).json()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert {name: body[name] for name in body if name != "categories"} == {
        "month": "2026-11",
        "currency": "eur",
        "spent": "478.90",
        "count": 3,
        "budgeted": "650.00",
        "budgeted_spent": "438.90",
        "a_day": "20.00",
    }
    assert body["categories"] == [
        {
            "category": SPENT_ON,
            "spent": "330.00",
            "count": 1,
            "budget": "550.00",
            "percent": "60",
            "left": "220.00",
            "exceeded": False,
            "a_day": "20.00",
        },
        {
            "category": "Travel",
            "spent": "108.90",
            "count": 1,
            "budget": "100.00",
            "percent": "108.9",
            "left": "-8.90",
            "exceeded": True,
            "a_day": None,
        },
        {
            "category": "Healthcare",
            "spent": "40.00",
            "count": 1,
            "budget": None,
            "percent": None,
            "left": None,
            "exceeded": False,
            "a_day": None,
        },
    ]
    assert client.get("/api/v1/budgets/summary/").json() == body


def test_an_unknown_month_is_all_zero(client: APIClient) -> None:
    body = client.get("/api/v1/budgets/summary/", {"month": "1999-12"}).json()
    assert (body["spent"], body["count"], body["categories"], body["a_day"]) == ("0.00", 0, [], None)


def test_a_key_that_may_only_read_changes_nothing(alice: User) -> None:
    expense = spent(alice, "12.50")
    client: Any = api_client(alice, "read")
    for method, path in (
        ("post", "expenses/"),
        ("patch", f"expenses/{expense.expense_id}/"),
        ("delete", f"expenses/{expense.expense_id}/"),
        ("post", "categories/"),
        ("delete", "categories/?name=Pets"),
        ("put", "budgets/Travel/"),
        ("delete", "budgets/Travel/"),
    ):
        assert getattr(client, method)(f"/api/v1/{path}").json()["code"] == "scope_too_narrow"
    assert client.get("/api/v1/expenses/").json()["items"][0]["amount"] == "12.50"
