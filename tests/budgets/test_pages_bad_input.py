"""Every form and filter of budgets with input that makes no sense: the page again, the values kept, nothing written."""

from typing import Any

import pytest
from django.test import Client

from budgets import selectors
from core import clock
from core.accounts.domain import User
from core.ids import derived_id, new_id
from tests.budgets.builders import SPENT_ON, spent
from tests.budgets.pages import EXPENSE, expenses_of

pytestmark = pytest.mark.usefixtures("noon")

BAD_AMOUNTS = ["", "0", "-1", "ten", "1,5", "1.234", "NaN", "Infinity", "1e400", "1000000000000.01", "\x00", "9" * 41]
BAD_CATEGORIES = ["", "Nothing", "food & dining", "x" * 51, "\x00"]
BAD: dict[str, list[str]] = {
    "amount": BAD_AMOUNTS,
    "category": BAD_CATEGORIES,
    "date": ["", "yesterday", "2026-02-30", "1969-12-31", "2027-11-21", "9999-12-31", "\x00"],
    "merchant": ["x" * 201, "a\x00b", "a\x07b"],
    "description": ["x" * 501, "a\x00b", "a\x07b"],
    "tags": ["x" * 51, ",".join(f"tag{number}" for number in range(21)), "a\x07b"],
}
CASES = [(name, bad) for name, values in BAD.items() for bad in values]
BUDGET = {"category": SPENT_ON, "amount": "550", "thresholds": "50, 80, 100"}
BAD_BUDGETS: list[tuple[str, str]] = [
    *(("amount", bad) for bad in BAD_AMOUNTS if bad != "0"),
    *(("category", bad) for bad in BAD_CATEGORIES),
    *(
        ("thresholds", bad)
        for bad in (
            "",
            ",",
            "half",
            "50.5",
            "-5",
            "0",
            "1001",
            "50, 50",
            "9999999",
            "x" * 61,
            "1,2,3,4,5,6,7,8,9,10,11",
        )
    ),
]


@pytest.mark.parametrize(("name", "bad"), CASES)
def test_an_expense_that_cannot_be_comes_again_and_says_why(alice: User, client: Client, name: str, bad: str) -> None:
    sent = {"id": new_id(), **EXPENSE, name: bad}
    response = client.post("/budgets/expenses/add/", sent)
    assert response.status_code == 422
    form: Any = response.context["form"]
    assert name in form.errors
    assert 'aria-invalid="true"' in response.content.decode()
    assert {each: form[each].value() for each in EXPENSE} == {each: sent[each] for each in EXPENSE}
    assert expenses_of(alice) == []


@pytest.mark.parametrize(("name", "bad"), CASES)
def test_an_edit_that_cannot_be_changes_nothing(alice: User, client: Client, name: str, bad: str) -> None:
    expense = spent(alice, "12.50")
    response = client.post(f"/budgets/expenses/{expense.expense_id}/edit/", {**EXPENSE, "version": "1", name: bad})
    assert response.status_code == 422
    form: Any = response.context["form"]
    assert name in form.errors
    assert {each: form[each].value() for each in EXPENSE} == {**EXPENSE, name: bad}
    assert expenses_of(alice) == [expense]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40])
def test_an_edit_without_a_version_that_makes_sense_is_not_taken(alice: User, client: Client, version: str) -> None:
    expense = spent(alice, "12.50")
    response = client.post(f"/budgets/expenses/{expense.expense_id}/edit/", {**EXPENSE, "version": version})
    assert response.status_code in (409, 422)
    assert 'class="notice error"' in response.content.decode()
    assert expenses_of(alice) == [expense]


@pytest.mark.parametrize("identifier", ["", "1", "x" * 37, derived_id(clock.EPOCH, "old")])
def test_a_form_whose_id_is_none_or_too_old_comes_again_with_a_new_one(
    alice: User, client: Client, identifier: str
) -> None:
    response = client.post("/budgets/expenses/add/", {**EXPENSE, "id": identifier})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'class="notice error"' in page
    assert f'name="id" value="{identifier}"' not in page
    assert expenses_of(alice) == []


@pytest.mark.parametrize(("name", "bad"), BAD_BUDGETS)
def test_a_budget_that_cannot_be_comes_again_and_says_why(client: Client, name: str, bad: str) -> None:
    response = client.post("/budgets/budget/", {**BUDGET, name: bad})
    assert response.status_code == 422
    form: Any = response.context["form"]
    assert name in form.errors
    assert {each: form[each].value() for each in BUDGET} == {**BUDGET, name: bad}
    assert selectors.definitions_of("alice").version == 0


@pytest.mark.parametrize("name", ["", "  ", "x" * 51, "a\x07b", "&&&", "Travel", "travel"])
def test_a_category_that_cannot_be_says_why(client: Client, name: str) -> None:
    response = client.post("/budgets/categories/", {"name": name})
    assert response.status_code == 422
    assert "name" in response.context["form"].errors
    assert selectors.definitions_of("alice").version == 0


def test_there_is_an_end_to_categories(client: Client) -> None:
    for number in range(50):
        assert client.post("/budgets/categories/", {"name": f"category {number}"}).status_code == 302
    response = client.post("/budgets/categories/", {"name": "one more"})
    assert response.status_code == 422
    assert "50" in response.context["form"].errors.as_text()


@pytest.mark.parametrize(
    "query",
    [
        {"from": "yesterday"},
        {"to": "2026-13-01"},
        {"to": "9999-12-31"},
        {"from": "0001-01-01"},
        {"from": "2026-02-01", "to": "2026-01-31"},
        {"q": "x" * 101},
        {"category": "x" * 51},
        {"q": "\x00"},
    ],
)
def test_a_wrong_filter_says_so(client: Client, query: dict[str, str]) -> None:
    response = client.get("/budgets/expenses/", query)
    assert response.status_code == 422
    assert response.context["filter"].errors
    assert 'class="error"' in response.content.decode()
    assert "No expense matches" not in response.content.decode()


def test_a_broken_cursor_is_the_first_page_and_a_word_about_it(client: Client) -> None:
    response = client.get("/budgets/expenses/", {"cursor": "abc"})
    assert response.status_code == 200
    assert "this is the first one" in response.content.decode()


@pytest.mark.parametrize("expense_id", ["1", "%00", "x" * 2000, "ünïcödé", "01932f0a-7c00-7abc-8def-0123456789ab"])
@pytest.mark.parametrize(("method", "path"), [("get", ""), ("get", "edit/"), ("post", "edit/"), ("post", "delete/")])
def test_an_expense_that_is_not_there(client: Client, expense_id: str, method: str, path: str) -> None:
    assert getattr(client, method)(f"/budgets/expenses/{expense_id}/{path}").status_code == 404


@pytest.mark.parametrize("entry", ["1", "%23", "x" * 2000, "2026-11-20T09:30:00.000Z%2301932f0a"])
def test_what_was_never_deleted_cannot_be_restored(client: Client, entry: str) -> None:
    assert client.post(f"/budgets/expenses/deleted/{entry}/restore/").status_code == 404


@pytest.mark.parametrize(
    ("path", "sent"),
    [("budget/remove/", {}), ("budget/remove/", {"category": "Travel"}), ("categories/remove/", {"name": "Travel"})],
)
def test_what_is_not_there_cannot_be_removed(client: Client, path: str, sent: dict[str, str]) -> None:
    assert client.post(f"/budgets/{path}", sent).status_code == 404


@pytest.mark.parametrize("path", ["", "expenses/", "expenses/deleted/"])
def test_what_only_shows_takes_no_post(client: Client, path: str) -> None:
    assert client.post(f"/budgets/{path}").status_code == 405


@pytest.mark.parametrize("path", ["budget/remove/", "budget/undo/", "categories/remove/", "categories/undo/"])
def test_what_only_changes_takes_no_get(client: Client, path: str) -> None:
    assert client.get(f"/budgets/{path}").status_code == 405
