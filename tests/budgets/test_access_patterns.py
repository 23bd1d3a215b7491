"""Each question to the tables of expenses and budgets is one request."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from budgets import selectors
from budgets.domain.expense import Expense
from budgets.domain.expense_filter import ExpenseFilter
from budgets.repositories import definitions, expenses, months
from budgets.repositories.expenses import expense_from_item, expense_insert
from budgets.services.snapshot import snapshot_of
from core.accounts.domain import User
from core.commit import commit
from core.periods import Month
from core.storage import Item
from tests.budgets.builders import MONTH, SPENT_ON, TODAY, budgeted, spent, total
from tests.counting import got, one_request, queried

pytestmark = [pytest.mark.every_backend, pytest.mark.usefixtures("noon")]


@pytest.fixture
def recorded(alice: User) -> list[Expense]:
    """Four days with an expense each, oldest first, every other one on travel."""
    categories = ("Travel", SPENT_ON, "Travel", SPENT_ON)
    return [
        spent(alice, str(number + 1), category, TODAY - timedelta(days=3 - number))
        for number, category in enumerate(categories)
    ]


def of(items: tuple[Item, ...]) -> list[Expense]:
    return [expense_from_item(item) for item in items]


def test_expenses_one(recorded: list[Expense]) -> None:
    item = got(expenses.expense_address("alice", recorded[1].expense_id))
    assert item is not None
    assert expense_from_item(item) == recorded[1]


def test_expenses_by_their_ids(recorded: list[Expense]) -> None:
    with one_request():
        found = selectors.expenses_by_id("alice", [recorded[2].expense_id, recorded[0].expense_id])
    assert found == [recorded[2], recorded[0]]


def test_expenses_newest(recorded: list[Expense]) -> None:
    assert of(queried(replace(expenses.expenses_query("alice"), limit=2)).items) == [recorded[3], recorded[2]]


def test_expenses_date_range(recorded: list[Expense]) -> None:
    since, until = recorded[1].day, recorded[2].day
    page = queried(expenses.expenses_query("alice", ExpenseFilter(since, until)))
    assert of(page.items) == [recorded[2], recorded[1]]


def test_expenses_of_a_category_in_a_range(recorded: list[Expense]) -> None:
    since, until = recorded[1].day, recorded[3].day
    page = queried(expenses.expenses_query("alice", ExpenseFilter(since, until, "Travel")))
    assert of(page.items) == [recorded[2]]


def test_expenses_all_consistently(recorded: list[Expense]) -> None:
    query = expenses.expenses_of("alice")
    assert query.consistent
    assert of(queried(query).items) == recorded


def test_expenses_written_with_their_month(alice: User, recorded: list[Expense]) -> None:
    totals = selectors.months_between("alice", MONTH, MONTH)[0]
    other = expense_from_item(
        expenses.expense_item(recorded[0]) | {"expense_id": "01932f0a-7c00-7abc-8def-0123456789ab"}
    )
    with one_request():
        commit([expense_insert(other), months.month_put(totals, other.created_at)])
    assert selectors.expense_get("alice", other.expense_id).amount == recorded[0].amount
    assert total(alice, "Travel") == (Decimal(4), 2)


def test_budgets_definitions_and_month_together(alice: User, recorded: list[Expense]) -> None:
    budgeted(alice, "100")
    with one_request():
        summary = selectors.month_summary("alice", MONTH)
    assert (summary.line(SPENT_ON).left, summary.count) == (Decimal(94), len(recorded))


def test_budgets_definitions(alice: User) -> None:
    budgeted(alice, "100")
    item = got(definitions.definitions_address("alice"))
    assert item is not None
    assert list(definitions.definitions_from_item(item).budgets) == [SPENT_ON]


def test_budgets_months_from_one_to_another(alice: User) -> None:
    for day in (date(2026, 8, 31), date(2026, 9, 1), date(2026, 10, 31), TODAY):
        spent(alice, day=day)
    page = queried(months.months_query("alice", Month(2026, 9), Month(2026, 10)))
    assert [item["entry"] for item in page.items] == ["PERIOD#2026-09", "PERIOD#2026-10"]


def test_budgets_all_that_an_expense_is_decided_by(alice: User, recorded: list[Expense]) -> None:
    budgeted(alice, "100")
    with one_request():
        snapshot = snapshot_of("alice", [MONTH, MONTH.previous], [recorded[0].expense_id])
    assert (list(snapshot.definitions.budgets), snapshot.expenses) == (
        [SPENT_ON],
        {recorded[0].expense_id: recorded[0]},
    )
    assert {month: totals.count for month, totals in snapshot.months.items()} == {MONTH: 4, MONTH.previous: 0}
