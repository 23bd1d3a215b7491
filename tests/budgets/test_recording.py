"""Recording expenses and refunds, and what they tell."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from budgets import selectors, services
from budgets.domain.month import CategoryTotal, MonthTotals
from budgets.repositories.months import month_put
from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, Refused
from core.ids import derived_id, new_id
from core.periods import Month
from core.storage import Attr, Put, TransactionCancelled, measured, store
from core.tables import IDEMPOTENCY
from tests.budgets.builders import (
    MONTH,
    NOTHING,
    SPENT_ON,
    TODAY,
    a_draft,
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
def test_an_expense_is_kept_whole_with_the_totals_of_its_month(alice: User) -> None:
    expense = spent(alice, "12.50", description="lunch", merchant="Tasca", tags=("work", "team"))
    assert selectors.expense_get("alice", expense.expense_id) == expense
    assert (expense.amount, expense.currency, expense.day) == (Decimal("12.50"), "eur", TODAY)
    assert (expense.description, expense.merchant, expense.tags) == ("lunch", "Tasca", ("work", "team"))
    assert (expense.receipt, expense.import_id, expense.version) == (None, None, 1)
    assert total(alice) == (Decimal("12.50"), 1)
    assert [event.payload for event in events("budgets.expense_changed")] == [{"expense_id": expense.expense_id}]


@pytest.mark.every_backend
def test_a_refund_counts_against_the_expenses(alice: User) -> None:
    spent(alice, "20")
    refund = refunded(alice, "7.50")
    assert (refund.amount, refund.is_refund) == (Decimal("-7.50"), True)
    assert total(alice) == (Decimal("12.50"), 2)
    refunded(alice, "30")
    assert total(alice) == (Decimal("-17.50"), 3)


def test_a_late_date_moves_the_right_month_and_notifies_of_nothing(alice: User) -> None:
    budgeted(alice, "10")
    spent(alice, "500", day=date(2026, 10, 31))
    spent(alice, "500", day=date(1970, 1, 1))
    spent(alice, "500", day=date(2027, 11, 20))
    assert [str(totals.month) for totals in months_stored(alice) if totals.count] == ["1970-01", "2026-10", "2027-11"]
    assert (crossings(), events("budgets.large_expense")) == ([], [])
    assert total(alice) == NOTHING


@pytest.mark.parametrize(
    ("zone", "moment", "current"),
    [
        ("America/Los_Angeles", datetime(2026, 12, 1, 7, 59, tzinfo=UTC), date(2026, 11, 30)),
        ("Europe/Berlin", datetime(2026, 10, 31, 23, 0, tzinfo=UTC), date(2026, 11, 1)),
        # the clocks of Lisbon went back on 25 October: midnight is UTC's again
        ("Europe/Lisbon", datetime(2026, 10, 31, 23, 59, tzinfo=UTC), date(2026, 10, 31)),
        ("Europe/Lisbon", datetime(2026, 4, 30, 23, 0, tzinfo=UTC), date(2026, 5, 1)),
    ],
)
def test_the_current_month_is_that_of_the_users_zone(alice: User, zone: str, moment: datetime, current: date) -> None:
    alice = replace(alice, time_zone=zone)
    with at(moment):
        assert (selectors.today_of(alice), selectors.current_month(alice)) == (current, Month.of(current))
        budgeted(alice, "100")
        spent(alice, "60", day=Month.of(current).previous.last_day)
        spent(alice, "60", day=Month.of(current).next.first_day)
        assert crossings() == []
        spent(alice, "60", day=Month.of(current).first_day)
        assert crossings() == [(SPENT_ON, [50], False)]


def test_a_year_ahead_is_counted_from_the_users_day(alice: User) -> None:
    alice = replace(alice, time_zone="Pacific/Kiritimati")
    with at(datetime(2026, 11, 20, 10, 0, tzinfo=UTC)):
        assert spent(alice, day=date(2027, 11, 21)).day == date(2027, 11, 21)
    with at(datetime(2026, 11, 20, 9, 59, tzinfo=UTC)), pytest.raises(InvalidInput, match="correct") as wrong:
        spent(alice, day=date(2027, 11, 21))
    assert list(wrong.value.errors) == ["date"]
    assert "2027-11-20" in wrong.value.errors["date"][0]


@pytest.mark.every_backend
def test_each_threshold_notifies_once_all_newly_reached_in_one(alice: User) -> None:
    budgeted(alice, "100")
    first = spent(alice, "49.99")
    spent(alice, "0.01")
    assert crossings() == [(SPENT_ON, [50], False)]
    spent(alice, "50.01")
    spent(alice, "1")
    assert crossings() == [(SPENT_ON, [50], False), (SPENT_ON, [80, 100], True)]
    services.expense_delete(alice, first.expense_id)
    spent(alice, "60")
    assert len(crossings()) == 2


def test_a_crossing_names_month_sums_and_channels(alice: User) -> None:
    budgeted(alice, "100")
    services.alert_channels_set(alice, ["in_app"])
    expense = spent(alice, "60")
    [event] = events("budgets.threshold_crossed")
    assert (event.username, event.payload) == (
        "alice",
        {
            "month": "2026-11",
            "category": SPENT_ON,
            "budget": Decimal(100),
            "spent": Decimal(60),
            "currency": "eur",
            "thresholds": [Decimal(50)],
            "exceeded": False,
            "expense_id": expense.expense_id,
            "channels": ["in_app"],
        },
    )


def test_the_next_month_notifies_again(alice: User) -> None:
    budgeted(alice, "100")
    spent(alice, "60")
    with at(NOON + timedelta(days=15)):
        spent(alice, "60", day=date(2026, 12, 5))
    assert crossings() == [(SPENT_ON, [50], False)] * 2


@pytest.mark.parametrize(
    ("budget", "amount", "told"), [("1000", "99.99", 0), ("1000", "100", 1), (None, "99.99", 0), (None, "100", 1)]
)
def test_a_large_expense_notifies(alice: User, budget: str | None, amount: str, told: int) -> None:
    if budget is not None:
        budgeted(alice, budget)
    expense = spent(alice, amount)
    facts = {
        "expense_id": expense.expense_id,
        "category": SPENT_ON,
        "amount": Decimal(amount),
        "currency": "eur",
        "channels": [],
    }
    expected = facts if budget is None else {**facts, "budget": Decimal(budget)}
    assert [event.payload for event in events("budgets.large_expense")] == [expected] * told


def test_a_large_refund_does_not_notify(alice: User) -> None:
    refunded(alice, "5000")
    assert events("budgets.large_expense") == []


@pytest.mark.every_backend
def test_a_repeated_id_is_one_expense(alice: User) -> None:
    expense_id, draft = new_id(), a_draft("10")
    first = services.expense_record(alice, expense_id=expense_id, draft=draft)
    assert services.expense_record(alice, expense_id=expense_id, draft=draft) == first
    assert services.expense_record(alice, expense_id=expense_id, draft=a_draft("10.00", f" {SPENT_ON} ")) == first
    edited = services.expense_change(alice, expense_id, a_draft("11"))
    assert services.expense_record(alice, expense_id=expense_id, draft=draft) == edited
    assert total(alice) == (Decimal(11), 1)
    with pytest.raises(Refused) as refused:
        services.expense_record(alice, expense_id=expense_id, draft=a_draft("12"))
    assert (refused.value.code, refused.value.field) == ("idempotency_mismatch", "expense_id")


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"expense_id": "7"}, "expense_id"),
        ({"expense_id": derived_id(NOON - timedelta(days=2))}, "expense_id"),
        ({"expense_id": derived_id(NOON + timedelta(days=2))}, "expense_id"),
        ({"draft": a_draft("0")}, "amount"),
        ({"draft": a_draft(category="Pets")}, "category"),
        ({"draft": a_draft(day=date(2030, 1, 1))}, "date"),
    ],
)
def test_what_is_wrong_is_reported_and_nothing_is_done(alice: User, said: dict[str, Any], field: str) -> None:
    good: dict[str, Any] = {"expense_id": new_id(), "draft": a_draft()}
    with pytest.raises(InvalidInput) as wrong:
        services.expense_record(alice, **(good | said))
    assert list(wrong.value.errors) == [field]
    assert (months_stored(alice), events("budgets.expense_changed")) == ([], [])


def test_an_unknown_category_names_those_there_are(alice: User) -> None:
    services.category_add(alice, "Pets")
    with pytest.raises(InvalidInput) as wrong:
        spent(alice, category="Cats")
    assert "Other, Pets" in wrong.value.errors["category"][0]


@pytest.mark.every_backend
def test_what_the_caller_adds_is_written_too_or_nothing_is(alice: User) -> None:
    key = {"username": "alice", "key": "k"}
    also = [Put(IDEMPOTENCY, {**key, "reference": "x"}, Attr("key").not_exists(), "idempotency")]
    services.expense_record(alice, expense_id=new_id(), draft=a_draft(), also=also)
    assert store().get(IDEMPOTENCY, key) is not None
    with pytest.raises(TransactionCancelled):
        services.expense_record(alice, expense_id=new_id(), draft=a_draft(), also=also)
    assert total(alice) == (Decimal(10), 1)
    check_totals(alice)


@pytest.mark.every_backend
def test_it_takes_two_requests_and_at_most_ten_items(alice: User) -> None:
    budgeted(alice, "100")
    with measured() as usage:
        spent(alice, "500")
    assert usage.requests == 2
    assert (len(crossings()), len(events("budgets.large_expense"))) == (1, 1)


def test_times_are_kept_in_milliseconds(alice: User) -> None:
    with at(NOON.replace(microsecond=123_456)):
        expense = spent(alice)
    assert expense.created_at == clock.from_text("2026-11-20T12:00:00.123Z")
    assert selectors.month_summary("alice", MONTH).spent == 10


def test_a_month_takes_no_more_categories_than_its_row_can_hold(alice: User) -> None:
    others = {f"{number:03d}{'語' * 47}": CategoryTotal(Decimal("99999999.99"), 9_999) for number in range(499)}
    put = month_put(MonthTotals("alice", MONTH, others), NOON)
    store().put(put.table, put.item)
    expense = spent(alice, "5")

    with pytest.raises(InvalidInput) as refused:
        spent(alice, "5", "Travel")
    assert refused.value.errors == {"category": ["2026-11 has 500 categories, which is the most. Choose one of those."]}
    with pytest.raises(InvalidInput):
        budgeted(alice, "5", "Travel")
    spent(alice, "5")
    budgeted(alice, "5")
    services.expense_delete(alice, expense.expense_id)
    assert total(alice) == (Decimal(5), 1)
    assert total(alice, "Travel") == NOTHING
    spent(alice, "5", "Travel", date(2026, 10, 1))
