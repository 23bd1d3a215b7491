"""Editing expenses: totals move with them, from month to month and from category to category."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from budgets import selectors, services
from budgets.domain.expense import Receipt
from budgets.repositories.expenses import expense_replace
from core.accounts.domain import User
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.periods import Month
from core.storage import measured, store
from tests.budgets.builders import (
    NOTHING,
    SPENT_ON,
    TODAY,
    a_draft,
    budgeted,
    check_totals,
    crossings,
    events,
    refunded,
    spent,
    total,
)
from tests.times import NOON

pytestmark = pytest.mark.usefixtures("noon")

OCTOBER = date(2026, 10, 5)


@pytest.mark.every_backend
def test_an_edit_changes_the_totals_by_the_difference(alice: User) -> None:
    spent(alice, "1")
    expense = spent(alice, "10")
    edited = services.expense_change(alice, expense.expense_id, a_draft("25", description="dinner"))
    assert selectors.expense_get("alice", expense.expense_id) == edited
    assert (edited.amount, edited.description, edited.version) == (Decimal(25), "dinner", 2)
    assert (edited.created_at, edited.digest) == (expense.created_at, expense.digest)
    assert total(alice) == (Decimal(26), 2)


@pytest.mark.every_backend
def test_an_expense_moves_between_months_and_categories_and_becomes_a_refund(alice: User) -> None:
    expense = spent(alice, "10")
    services.expense_change(alice, expense.expense_id, a_draft("12", day=OCTOBER))
    assert (total(alice), total(alice, month=Month(2026, 10))) == (NOTHING, (Decimal(12), 1))
    services.expense_change(alice, expense.expense_id, a_draft("12", "Travel", OCTOBER))
    assert total(alice, SPENT_ON, Month(2026, 10)) == NOTHING
    assert total(alice, "Travel", Month(2026, 10)) == (Decimal(12), 1)
    services.expense_change(alice, expense.expense_id, a_draft("5", "Travel", TODAY, refund=True))
    assert total(alice, "Travel") == (Decimal(-5), 1)
    check_totals(alice)


def test_receipt_and_import_stay(alice: User) -> None:
    receipt = Receipt("files/1", "bill.pdf", "application/pdf", 1234, NOON)
    expense = spent(alice)
    store().transact_write([expense_replace(replace(expense, receipt=receipt, import_id="7"))])
    edited = services.expense_change(alice, expense.expense_id, a_draft("11"))
    assert (edited.receipt, edited.import_id) == (receipt, "7")
    assert selectors.expense_get("alice", expense.expense_id) == edited


def test_an_edit_that_changes_nothing_writes_nothing(alice: User) -> None:
    expense = spent(alice)
    with measured() as usage:
        assert services.expense_change(alice, expense.expense_id, a_draft(), version=7) == expense
    assert usage.requests == 1


def test_an_old_version_is_refused(alice: User) -> None:
    expense = spent(alice)
    edited = services.expense_change(alice, expense.expense_id, a_draft("11"), version=expense.version)
    with pytest.raises(Refused) as refused:
        services.expense_change(alice, expense.expense_id, a_draft("12"), version=expense.version)
    assert refused.value.code == "changed_meanwhile"
    assert selectors.expense_get("alice", expense.expense_id) == edited
    assert services.expense_change(alice, expense.expense_id, a_draft("12"), version=edited.version).amount == 12


@pytest.mark.every_backend
def test_what_moves_to_another_category_notifies_of_what_it_crosses_there(alice: User) -> None:
    budgeted(alice, "100")
    budgeted(alice, "100", "Travel")
    spent(alice, "60")
    refund = refunded(alice, "40")
    spent(alice, "60", "Travel")
    before = crossings()
    services.expense_change(alice, refund.expense_id, a_draft("45", "Travel"))
    assert total(alice) == (Decimal(60), 1)
    assert before == [(SPENT_ON, [50], False), ("Travel", [50], False)]
    assert crossings()[2:] == [("Travel", [80, 100], True)]


def test_taking_a_refund_elsewhere_can_cross_where_it_was(alice: User) -> None:
    budgeted(alice, "100")
    budgeted(alice, "100", "Travel", [10])
    refund = refunded(alice, "90")
    spent(alice, "85")
    assert crossings() == []
    services.expense_change(alice, refund.expense_id, a_draft("90", "Travel"))
    assert sorted(crossings()) == [(SPENT_ON, [50, 80], False), ("Travel", [10], False)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (a_draft("99"), a_draft("100"), 1),
        (a_draft("100"), a_draft("101"), 0),
        (a_draft("100", day=OCTOBER), a_draft("100"), 1),
        (a_draft("100"), a_draft("100", day=OCTOBER), 0),
        (a_draft("50"), a_draft("50", "Travel"), 1),
        (a_draft("100"), a_draft("100", refund=True), 0),
    ],
)
def test_an_edit_that_makes_it_large_notifies(alice: User, before: Any, after: Any, told: int) -> None:
    budgeted(alice, "500", "Travel")
    expense = services.expense_record(alice, expense_id=new_id(), draft=before)
    already = len(events("budgets.large_expense"))
    services.expense_change(alice, expense.expense_id, after)
    assert len(events("budgets.large_expense")) == already + told


def test_a_category_that_was_removed_may_stay_and_not_come_back(alice: User) -> None:
    services.category_add(alice, "Pets")
    expense, other = spent(alice, "10", "Pets"), spent(alice)
    services.category_remove(alice, "Pets")
    assert services.expense_change(alice, expense.expense_id, a_draft("11", "Pets")).amount == 11
    with pytest.raises(InvalidInput):
        services.expense_change(alice, other.expense_id, a_draft("10", "Pets"))
    check_totals(alice)


def test_what_is_wrong_is_reported_and_nothing_is_done(alice: User) -> None:
    expense = spent(alice)
    with pytest.raises(InvalidInput) as wrong:
        services.expense_change(alice, expense.expense_id, a_draft("0", "Cars"))
    assert sorted(wrong.value.errors) == ["amount", "category"]
    assert selectors.expense_get("alice", expense.expense_id) == expense


@pytest.mark.every_backend
def test_nobody_edits_what_is_not_theirs(alice: User, bob: User) -> None:
    expense = spent(alice)
    for expense_id in (expense.expense_id, new_id(), "7", "x" * 5000, ""):
        with pytest.raises(NotFound):
            services.expense_change(bob, expense_id, a_draft("99"))
    assert selectors.expense_get("alice", expense.expense_id) == expense


@pytest.mark.every_backend
@pytest.mark.parametrize(("day", "requests"), [(TODAY, 2), (OCTOBER, 3)])
def test_its_requests(alice: User, day: date, requests: int) -> None:
    budgeted(alice, "100")
    budgeted(alice, "100", "Travel")
    expense = spent(alice, "1")
    spent(alice, "1", day=OCTOBER)
    with measured() as usage:
        services.expense_change(alice, expense.expense_id, a_draft("101", "Travel", day))
    assert usage.requests == requests
