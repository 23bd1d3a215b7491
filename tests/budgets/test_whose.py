"""Nothing of somebody else's: absent and foreign look the same."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest

from budgets import selectors, services
from core.accounts.domain import User
from core.ids import new_id
from core.storage import measured
from tests.answers import neutral
from tests.budgets.builders import SPENT_ON, a_draft, budgeted, spent
from tests.budgets.pages import EXPENSE
from tests.builders import api_client, signed_in

pytestmark = pytest.mark.usefixtures("noon")

OF_ONE_EXPENSE = [
    ("get", "/budgets/expenses/{}/"),
    ("get", "/budgets/expenses/{}/edit/"),
    ("post", "/budgets/expenses/{}/edit/"),
    ("post", "/budgets/expenses/{}/delete/"),
    ("get", "/api/v1/expenses/{}/"),
    ("patch", "/api/v1/expenses/{}/"),
    ("delete", "/api/v1/expenses/{}/"),
]


@pytest.mark.parametrize(("method", "path"), OF_ONE_EXPENSE)
def test_an_expense_of_somebody_else_looks_like_none(alice: User, bob: User, method: str, path: str) -> None:
    expense = spent(alice, "12.50")
    client: Any = api_client(bob) if path.startswith("/api") else signed_in(bob)
    found = []
    for expense_id in (expense.expense_id, new_id()):
        said: dict[str, Any] = {**EXPENSE, "version": "1"} if "/edit/" in path and method == "post" else {}
        more = {"format": "json"} if path.startswith("/api") else {}
        with measured() as usage:
            response = getattr(client, method)(path.format(expense_id), said, **more)
        found.append((response.status_code, neutral(response, expense_id), usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert selectors.expense_get("alice", expense.expense_id) == expense


def test_what_somebody_else_deleted_cannot_be_restored(alice: User, bob: User) -> None:
    expense = spent(alice, "12.50")
    entry = services.expense_delete(alice, expense.expense_id)
    path = "/budgets/expenses/deleted/{}/restore/"
    found = []
    for expense_id in (expense.expense_id, new_id()):
        with measured() as usage:
            response = signed_in(bob).post(path.format(quote(entry.replace(expense.expense_id, expense_id))))
        found.append((response.status_code, neutral(response, expense_id), usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404
    assert "12.50" not in signed_in(bob).get("/budgets/expenses/deleted/").content.decode()
    assert [each.value.expense_id for each in selectors.expenses_deleted("alice")] == [expense.expense_id]
    assert list(selectors.expenses_every("bob")) == []


def test_an_id_of_somebody_else_is_free(alice: User, bob: User) -> None:
    expense = spent(alice, "12.50")
    body = {"expense_id": expense.expense_id, "amount": "99", "category": SPENT_ON}
    assert api_client(bob).post("/api/v1/expenses/", body, format="json").status_code == 201
    assert selectors.expense_get("alice", expense.expense_id) == expense


def test_lists_months_and_exports_show_the_own_alone(alice: User, bob: User) -> None:
    services.category_add(alice, "Alice's own")
    budgeted(alice, "4711", "Alice's own")
    spent(alice, "1234.56", "Alice's own", merchant="Alice & sons")
    program, browser = api_client(bob), signed_in(bob)
    for path in ("", "expenses/", "expenses/?category=Alice%27s+own", "budget/", "categories/", "expenses/deleted/"):
        page = browser.get(f"/budgets/{path}").content.decode().replace('value="Alice&#x27;s own" selected', "")
        assert "1,234.56" not in page
        assert "Alice &amp; sons" not in page
        assert "4,711.00" not in page
    for path in ("", "expenses/add/", "budget/", "categories/"):
        assert "Alice" not in browser.get(f"/budgets/{path}").content.decode()
    assert program.get("/api/v1/expenses/", {"category": "Alice's own"}).json()["items"] == []
    exported = b"".join(program.get("/api/v1/expenses/export/", {"format": "json"}))
    assert json.loads(exported)["items"] == []
    assert program.get("/api/v1/budgets/").json()["items"] == []
    assert program.get("/api/v1/budgets/summary/").json()["spent"] == "0.00"
    assert "Alice's own" not in program.get("/api/v1/categories/").content.decode()


def test_categories_and_budgets_of_somebody_else_stay(alice: User, bob: User) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "10")
    program, browser = api_client(bob), signed_in(bob)
    before = selectors.definitions_of("alice")
    assert program.delete("/api/v1/categories/?name=Pets").status_code == 404
    assert browser.post("/budgets/categories/remove/", {"name": "Pets"}).status_code == 404
    assert program.delete(f"/api/v1/budgets/{quote(SPENT_ON)}/").status_code == 404
    assert browser.post("/budgets/budget/remove/", {"category": SPENT_ON}).status_code == 404
    assert program.put(f"/api/v1/budgets/{quote(SPENT_ON)}/", {"amount": "1"}, format="json").status_code == 200
    assert program.put("/api/v1/budgets/Pets/", {"amount": "1"}, format="json").status_code == 400
    browser.post("/budgets/alerts/", {})
    assert selectors.definitions_of("alice") == before


@pytest.mark.parametrize("path", ["/api/v1/expenses/", "/budgets/expenses/"])
def test_a_cursor_of_somebody_else_is_refused(alice: User, bob: User, path: str) -> None:
    for _ in range(51):
        services.expense_record(alice, expense_id=new_id(), draft=a_draft("1"))
    if path.startswith("/api"):
        cursor = api_client(alice).get(path).json()["next"]
        answer = api_client(bob).get(path, {"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "cursor_refused")
    else:
        found = re.search(r"cursor=([^\"&]+)\" rel=\"next\"", signed_in(alice).get(path).content.decode())
        assert found is not None
        page = signed_in(bob).get(f"{path}?cursor={found[1]}").content.decode()
        assert "this is the first one" in page
        assert "No expenses yet" in page
