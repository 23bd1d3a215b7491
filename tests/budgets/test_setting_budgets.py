"""Setting budgets, taking them back, own categories, and where alerts go."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from budgets import selectors, services
from budgets.domain.budget import BudgetDraft
from budgets.domain.categories import CATEGORIES
from core.accounts.domain import User
from core.errors import InvalidInput, NotFound, Refused
from core.storage import measured
from tests.budgets.builders import (
    MONTH,
    SPENT_ON,
    budgeted,
    check_totals,
    crossings,
    events,
    months_stored,
    refunded,
    spent,
    total,
)
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.every_backend
def test_a_budget_is_set_and_set_again(alice: User) -> None:
    first = services.budget_set(alice, BudgetDraft(SPENT_ON, Decimal(100)))
    assert (first.category, first.amount, first.thresholds) == (SPENT_ON, Decimal(100), (50, 80, 100))
    with at(NOON + timedelta(hours=1)):
        second = services.budget_set(alice, BudgetDraft(f" {SPENT_ON} ", Decimal("80.50"), (90, 10)))
    assert selectors.definitions_of("alice").budgets == {SPENT_ON: second}
    assert (second.amount, second.thresholds) == (Decimal("80.50"), (10, 90))
    assert (second.created_at, second.updated_at) == (NOON, NOON + timedelta(hours=1))


def test_each_category_is_offered_once_where_one_is_refused(alice: User) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "100")
    budgeted(alice, "50", "Pets")
    with pytest.raises(InvalidInput) as refused:
        budgeted(alice, "10", "Fish")
    (sentence,) = refused.value.errors["category"]
    assert [sentence.count(name) for name in (SPENT_ON, "Pets", "Travel")] == [1, 1, 1]


def test_setting_the_same_again_writes_nothing(alice: User) -> None:
    budgeted(alice, "100")
    with measured() as usage:
        budgeted(alice, "100.00", thresholds=[100, 80, 50])
    assert usage.requests == 1


@pytest.mark.every_backend
def test_a_lower_budget_notifies_of_what_is_newly_reached_in_one(alice: User) -> None:
    budgeted(alice, "1000")
    spent(alice, "60")
    assert crossings() == []
    budgeted(alice, "100")
    budgeted(alice, "50")
    assert crossings() == [(SPENT_ON, [50], False), (SPENT_ON, [80, 100], True)]
    assert "expense_id" not in events("budgets.threshold_crossed")[0].payload


def test_a_new_budget_judges_what_was_spent_before_it(alice: User) -> None:
    spent(alice, "85")
    budgeted(alice, "100")
    spent(alice, "1")
    assert crossings() == [(SPENT_ON, [50, 80], False)]


@pytest.mark.every_backend
def test_a_higher_budget_forgets_and_notifies_again_when_it_is_reached_again(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "101")
    budgeted(alice, "200")
    spent(alice, "60")
    spent(alice, "40")
    assert crossings() == [(SPENT_ON, [50, 80, 100], True), (SPENT_ON, [80], False), (SPENT_ON, [100], True)]


def test_changing_thresholds_alone_forgets_nothing(alice: User) -> None:
    budgeted(alice, "100")
    expense = spent(alice, "85")
    services.expense_delete(alice, expense.expense_id)
    budgeted(alice, "100", thresholds=[50, 70, 80])
    spent(alice, "85")
    assert crossings() == [(SPENT_ON, [50, 80], False), (SPENT_ON, [70], False)]


def test_a_deleted_budget_that_is_set_again_notifies_of_nothing_twice(alice: User) -> None:
    budgeted(alice, "100")
    expense = spent(alice, "85")
    services.expense_delete(alice, expense.expense_id)
    deleted = services.budget_delete(alice, SPENT_ON)
    services.budget_set(alice, BudgetDraft(deleted.category, deleted.amount, deleted.thresholds))
    spent(alice, "85")
    assert crossings() == [(SPENT_ON, [50, 80], False)]


@pytest.mark.parametrize(("paid", "told"), [("0", []), ("5", [(SPENT_ON, [50, 80, 100], True)])])
def test_a_budget_of_nothing(alice: User, paid: str, told: list[object]) -> None:
    if paid != "0":
        spent(alice, paid)
    budgeted(alice, "0")
    assert crossings() == told
    line = selectors.month_summary("alice", MONTH).line(SPENT_ON)
    assert line.percent == (100 if told else 0)
    assert line.is_exceeded is bool(told)


def test_other_months_are_not_judged(alice: User) -> None:
    spent(alice, "500", day=date(2026, 10, 31))
    spent(alice, "500", day=date(2026, 12, 1))
    budgeted(alice, "100")
    assert crossings() == []


def test_without_a_budget_expenses_stay_in_their_totals(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "60")
    deleted = services.budget_delete(alice, SPENT_ON)
    assert deleted.amount == 100
    spent(alice, "60")
    assert total(alice) == (Decimal(120), 2)
    assert len(crossings()) == 1
    assert selectors.month_summary("alice", MONTH).line(SPENT_ON).percent is None
    check_totals(alice)


@pytest.mark.every_backend
def test_whose_budget_is_whose(alice: User, bob: User) -> None:
    budgeted(alice, "100")
    for category in (SPENT_ON, "Travel", "", "x" * 5000):
        with pytest.raises(NotFound):
            services.budget_delete(bob, category)
    assert selectors.definitions_of("bob").budgets == {}
    assert SPENT_ON in selectors.definitions_of("alice").budgets


def test_what_is_wrong_is_reported_and_nothing_is_done(alice: User) -> None:
    with pytest.raises(InvalidInput) as wrong:
        services.budget_set(alice, BudgetDraft("Cars", Decimal(1)))
    assert list(wrong.value.errors) == ["category"]
    with pytest.raises(InvalidInput) as wrong:
        services.budget_set(alice, BudgetDraft(SPENT_ON, Decimal(-1), ()))
    assert sorted(wrong.value.errors) == ["amount", "thresholds"]
    assert (months_stored(alice), selectors.definitions_of("alice").version) == ([], 0)


@pytest.mark.every_backend
def test_own_categories(alice: User, bob: User) -> None:
    assert services.category_add(alice, "  Pets ") == "Pets"
    assert services.category_add(alice, "Pets") == "Pets"
    assert services.category_add(alice, "Café #1") == "Café #1"
    assert selectors.categories_of("alice") == (*CATEGORIES, "Pets", "Café #1")
    assert selectors.categories_of("bob") == CATEGORIES
    spent(alice, "10", "Café #1")
    budgeted(alice, "15", "Café #1")
    assert crossings() == [("Café #1", [50], False)]
    wanted = selectors.ExpenseFilter(category="Café #1")
    assert [each.category for each in selectors.expenses_newest("alice", 10, wanted=wanted).items] == ["Café #1"]
    with pytest.raises(InvalidInput, match="correct"):
        services.category_add(alice, "pets")


def test_a_category_is_removed_once_it_has_no_budget(alice: User) -> None:
    services.category_add(alice, "Pets")
    budgeted(alice, "15", "Pets")
    spent(alice, "10", "Pets")
    with pytest.raises(Refused, match="Pets") as refused:
        services.category_remove(alice, "Pets")
    assert refused.value.code == "category_in_use"
    services.budget_delete(alice, "Pets")
    services.category_remove(alice, "Pets")
    assert selectors.categories_of("alice") == CATEGORIES
    assert total(alice, "Pets") == (Decimal(10), 1)
    for name in ("Pets", "Travel", ""):
        with pytest.raises(NotFound):
            services.category_remove(alice, name)


def test_fifty_own_categories_are_the_most(alice: User) -> None:
    for number in range(50):
        services.category_add(alice, f"Category {number}")
    with pytest.raises(Refused, match="50") as refused:
        services.category_add(alice, "One more")
    assert refused.value.code == "category_quota"
    assert len(selectors.categories_of("alice")) == 61


def test_where_alerts_go(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "100")
    # always there, as workers of an earlier release read it
    assert events("budgets.large_expense")[0].payload["channels"] == []
    assert events("budgets.threshold_crossed")[0].payload["channels"] == []
    assert selectors.definitions_of("alice").channels == ()
    assert services.alert_channels_set(alice, ["in_app"]) == ("in_app",)
    assert selectors.definitions_of("alice").channels == ("in_app",)
    spent(alice, "100")
    assert events("budgets.large_expense")[1].payload["channels"] == ["in_app"]
    assert services.alert_channels_set(alice, ["email", "in_app"]) == ("in_app", "email")
    for wrong in ([], ["email"], ["in_app", "pigeon"]):
        with pytest.raises(InvalidInput) as refused:
            services.alert_channels_set(alice, wrong)
        assert list(refused.value.errors) == ["channels"]
    assert selectors.definitions_of("alice").channels == ("in_app", "email")


@pytest.mark.every_backend
def test_their_requests(alice: User) -> None:
    spent(alice, "60")
    for write in (
        lambda: budgeted(alice, "100"),
        lambda: services.category_add(alice, "Pets"),
        lambda: services.category_remove(alice, "Pets"),
        lambda: services.alert_channels_set(alice, ["in_app"]),
        lambda: services.budget_delete(alice, SPENT_ON),
        lambda: refunded(alice, "1"),
    ):
        with measured() as usage:
            write()
        assert usage.requests == 2
