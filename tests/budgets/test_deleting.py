"""Deleting expenses and bringing them back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from budgets import selectors, services
from core import trash
from core.accounts.domain import User
from core.errors import NotFound
from core.ids import new_id
from core.storage import measured
from tests.budgets.builders import SPENT_ON, a_draft, budgeted, check_totals, crossings, events, refunded, spent, total
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")


@pytest.mark.every_backend
def test_a_deleted_expense_is_gone_with_its_share_of_the_totals(alice: User) -> None:
    spent(alice, "1")
    expense = spent(alice, "10")
    services.expense_delete(alice, expense.expense_id)
    assert total(alice) == (Decimal(1), 1)
    with pytest.raises(NotFound):
        selectors.expense_get("alice", expense.expense_id)
    [deleted] = selectors.expenses_deleted("alice")
    assert trash.identifier_of(deleted.entry) == expense.expense_id
    assert len(events("budgets.expense_changed")) == 3
    check_totals(alice)


@pytest.mark.every_backend
def test_it_comes_back_as_it_was(alice: User) -> None:
    expense = spent(alice, "10", description="lunch", merchant="Tasca", tags=("work",))
    edited = services.expense_change(alice, expense.expense_id, a_draft("12", description="lunch", tags=("work",)))
    entry = services.expense_delete(alice, expense.expense_id)
    back = services.expense_restore(alice, entry)
    assert selectors.expense_get("alice", expense.expense_id) == back
    assert back.version > edited.version
    assert (back.draft, back.created_at, back.digest) == (edited.draft, edited.created_at, edited.digest)
    assert total(alice) == (Decimal(12), 1)
    assert services.expense_restore(alice, entry) == back
    assert total(alice) == (Decimal(12), 1)
    assert selectors.expenses_deleted("alice") == []
    check_totals(alice)


def test_what_has_notified_does_not_notify_again_by_the_expense_that_comes_back(alice: User) -> None:
    budgeted(alice, "100")
    expense = spent(alice, "60")
    entry = services.expense_delete(alice, expense.expense_id)
    services.expense_restore(alice, entry)
    assert crossings() == [(SPENT_ON, [50], False)]
    assert len(events("budgets.large_expense")) == 1


def test_deleting_a_refund_can_cross_a_threshold(alice: User) -> None:
    budgeted(alice, "100")
    refund = refunded(alice, "50")
    spent(alice, "80")
    assert crossings() == []
    services.expense_delete(alice, refund.expense_id)
    assert crossings() == [(SPENT_ON, [50, 80], False)]


def test_one_recorded_again_under_its_id_is_not_doubled_by_restoring(alice: User) -> None:
    expense_id = new_id()
    services.expense_record(alice, expense_id=expense_id, draft=a_draft("10"))
    entry = services.expense_delete(alice, expense_id)
    again = services.expense_record(alice, expense_id=expense_id, draft=a_draft("11"))
    assert services.expense_restore(alice, entry) == again
    check_totals(alice)


def test_after_30_days_it_is_gone(alice: User) -> None:
    entry = services.expense_delete(alice, spent(alice).expense_id)
    with at(NOON + timedelta(days=30)), pytest.raises(NotFound):
        services.expense_restore(alice, entry)


@pytest.mark.every_backend
def test_nobody_deletes_or_restores_what_is_not_theirs(alice: User, bob: User) -> None:
    expense = spent(alice)
    for expense_id in (expense.expense_id, new_id(), "7", "x" * 5000, ""):
        with pytest.raises(NotFound):
            services.expense_delete(bob, expense_id)
    entry = services.expense_delete(alice, expense.expense_id)
    for theirs in (entry, expense.expense_id, "x#y", "x" * 5000, ""):
        with pytest.raises(NotFound):
            services.expense_restore(bob, theirs)
    check_totals(alice)
    assert services.expense_restore(alice, entry).expense_id == expense.expense_id


@pytest.mark.every_backend
def test_its_requests(alice: User) -> None:
    budgeted(alice, "100")
    refund = refunded(alice, "50")
    old = spent(alice, "50", day=date(2026, 9, 1))
    spent(alice, "80")
    with measured() as usage:
        entry = services.expense_delete(alice, refund.expense_id)
    assert usage.requests == 2
    with measured() as usage:
        services.expense_delete(alice, old.expense_id)
    assert usage.requests == 3
    with measured() as usage:
        services.expense_restore(alice, entry)
    assert usage.requests == 3
