"""A month beside its budgets, in one request however many expenses it has."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import selectors, services
from budgets.domain.month import MonthTotals
from core.accounts.domain import User
from core.periods import Month
from core.storage import measured
from tests.budgets.builders import MONTH, SPENT_ON, TODAY, a_draft, budgeted, record_batch, refunded, spent

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.every_backend
def test_a_month_beside_its_budgets(alice: User) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "60", "Pets")
    budgeted(alice, "100")
    budgeted(alice, "0", "Travel")
    spent(alice, "80")
    refunded(alice, "20")
    spent(alice, "61", "Pets")
    spent(alice, "5", "Other")
    spent(alice, "1", "Housing")
    with measured() as usage:
        summary = selectors.month_summary("alice", MONTH)
    assert usage.requests == 1
    assert [(line.category, line.spent, line.percent, line.left) for line in summary.lines] == [
        (SPENT_ON, Decimal(60), Decimal(60), Decimal(40)),
        ("Travel", Decimal(0), Decimal(0), Decimal(0)),
        ("Pets", Decimal(61), Decimal("101.6"), Decimal(-1)),
        ("Housing", Decimal(1), None, None),
        ("Other", Decimal(5), None, None),
    ]
    assert [line.category for line in summary.lines if line.is_exceeded] == ["Pets"]
    assert (summary.spent, summary.count) == (Decimal(127), 5)
    assert (summary.budgeted, summary.budgeted_spent) == (Decimal(160), Decimal(121))
    assert summary.line("Healthcare").count == 0


@pytest.mark.parametrize(("spent_on", "percent", "exceeded"), [(None, 0, False), ("5", 100, True)])
def test_0_of_0_is_0_percent_and_5_of_0_is_100(alice: User, spent_on: str | None, percent: int, exceeded: bool) -> None:
    budgeted(alice, "0")
    if spent_on:
        spent(alice, spent_on)
    line = selectors.month_summary("alice", MONTH).line(SPENT_ON)
    assert line.percent == percent
    assert line.is_exceeded is exceeded


def test_a_category_that_was_removed_is_still_shown(alice: User) -> None:
    services.category_add(alice, "Pets")
    spent(alice, "5", "Pets")
    services.category_remove(alice, "Pets")
    assert [line.category for line in selectors.month_summary("alice", MONTH).lines] == ["Pets"]


def test_what_is_left_at_nothing_is_not_shown(alice: User) -> None:
    budgeted(alice, "10", "Travel")
    for category in ("Travel", "Other"):
        services.expense_delete(alice, spent(alice, "5", category).expense_id)
    services.budget_delete(alice, "Travel")
    assert selectors.month_summary("alice", MONTH).lines == ()


@pytest.mark.every_backend
def test_months_from_one_to_another(alice: User) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31), TODAY):
        spent(alice, str(day.month), day=day)
    with measured() as usage:
        months = selectors.months_between("alice", Month(2025, 12), Month(2026, 3))
    assert usage.requests == 1
    assert [(str(each.month), each.spent) for each in months] == [
        ("2025-12", Decimal(12)),
        ("2026-01", Decimal(1)),
        ("2026-02", Decimal(0)),
        ("2026-03", Decimal(3)),
    ]


def test_without_anything_it_is_empty(alice: User) -> None:
    summary = selectors.month_summary("alice", MONTH)
    assert summary.lines == ()
    assert (summary.spent, summary.count) == (Decimal(0), 0)
    assert selectors.months_between("alice", MONTH, MONTH) == [MonthTotals("alice", MONTH)]
    assert selectors.months_between("alice", MONTH, MONTH.previous) == []


@pytest.mark.every_backend
def test_a_summary_of_many_expenses_is_one_request(alice: User, bob: User) -> None:
    rows = [(f"01932f0a-7c00-7abc-8def-{number:012x}", a_draft("1"), "import") for number in range(80)]
    for start in range(0, 80, 4):
        record_batch(alice, rows[start : start + 4])
    spent(bob, "1")
    with measured() as usage:
        summary = selectors.month_summary("alice", MONTH)
    assert (usage.requests, summary.count, summary.spent) == (1, 80, Decimal(80))
