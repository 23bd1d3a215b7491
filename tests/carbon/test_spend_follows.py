"""Estimates follow the expenses: recorded, edited, moved, deleted, restored, imported, in any order of the events."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from budgets import services as budgets
from budgets.domain.expense import Expense
from budgets.selectors import expense_get
from carbon.domain.entry import Entry, EntryDraft
from carbon.handlers import bring_estimate_back, follow_expense, follow_import
from carbon.repositories.entries import entry_from_item
from carbon.repositories.totals import totals_from_item
from carbon.services import entry_delete, expense_measure
from carbon.services.estimates import estimate_of_expense
from carbon.tables import CARBON_ENTRIES, CARBON_TOTALS
from core import clock
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.events import Event
from core.ids import new_id
from core.storage import Store, measured, store
from tests.budgets.builders import a_draft, record_batch, remove_batch, spent
from tests.builders import a_user

KG_OF_TEN_DOLLARS = Decimal("4.804671")
"""Food: 10 / 1.0813 * 0.86979 * 0.597304."""
KG_OF_TWENTY_DOLLARS = Decimal("9.609341")


def today() -> date:
    return clock.now().date()


def follow(expense: Expense) -> None:
    follow_expense(Event("budgets.expense_changed", expense.username, {"expense_id": expense.expense_id}))


def follow_all(username: str, expense_ids: Iterable[str]) -> None:
    payload = {"import_id": new_id(), "expense_ids": list(expense_ids)}
    follow_import(Event("budgets.expenses_imported", username, payload))


def entries(user: User) -> list[Entry]:
    """What is stored, by the day."""
    found = [entry_from_item(row) for row in store().dump(CARBON_ENTRIES) if row["username"] == user.username]  # type: ignore[attr-defined]
    return sorted(found, key=lambda entry: (entry.day, entry.entry_id))


def check_totals(user: User) -> None:
    """The sums of every day and month are those of the entries."""
    counted: dict[str, Decimal] = {}
    for entry in entries(user):
        for period in (entry.day.isoformat(), entry.day.isoformat()[:7]):
            counted[period] = counted.get(period, Decimal(0)) + entry.kg
    rows = [row for row in store().dump(CARBON_TOTALS) if row["username"] == user.username]  # type: ignore[attr-defined]
    kept = {row["period"]: totals_from_item(row["period"], row).total for row in rows}
    assert {period: total.kg for period, total in kept.items() if total.count} == counted
    assert all(total.kg == total.estimated_kg == 0 for total in kept.values() if not total.count)


@pytest.mark.every_backend
def test_an_expense_gets_an_estimate_of_its_own(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today(), merchant="Corner Grocery")
    follow(expense)
    (entry,) = entries(alice)
    assert entry.is_estimate
    assert (entry.entry_id, entry.expense_id, entry.day) == (expense.expense_id, expense.expense_id, today())
    assert (entry.category, entry.kg, entry.unit) == ("food", KG_OF_TEN_DOLLARS, "gbp_2023")
    assert entry.description == "Corner Grocery"
    assert "SIC 10.8" in entry.factor.source
    check_totals(alice)


@pytest.mark.every_backend
def test_the_same_event_again_writes_nothing(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    follow(expense)
    before = entries(alice)
    with measured() as usage:
        follow(expense)
    assert entries(alice) == before
    assert usage.total.write_units == 0
    check_totals(alice)


@pytest.mark.every_backend
def test_it_follows_every_edit(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    follow(expense)
    budgets.expense_change(alice, expense.expense_id, a_draft("20.00", "Food & Dining", today()))
    follow(expense)
    assert [entry.kg for entry in entries(alice)] == [KG_OF_TWENTY_DOLLARS]
    yesterday = today() - timedelta(days=40)
    budgets.expense_change(alice, expense.expense_id, a_draft("120.00", "Shopping", yesterday))
    follow(expense)
    (entry,) = entries(alice)
    assert (entry.category, entry.day) == ("shopping", yesterday)
    check_totals(alice)
    budgets.expense_change(alice, expense.expense_id, a_draft("120.00", "Other", yesterday))
    follow(expense)
    assert entries(alice) == []
    check_totals(alice)


@pytest.mark.every_backend
def test_it_goes_with_the_expense_and_comes_back_with_it(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    follow(expense)
    entry = budgets.expense_delete(alice, expense.expense_id)
    follow(expense)
    assert entries(alice) == []
    check_totals(alice)
    budgets.expense_restore(alice, entry)
    follow(expense)
    assert [entry.kg for entry in entries(alice)] == [KG_OF_TEN_DOLLARS]
    check_totals(alice)


def test_a_refund_and_a_category_that_says_nothing_have_none(alice: User) -> None:
    for expense in (spent(alice, day=today(), refund=True), spent(alice, "10", "Other", today())):
        follow(expense)
    assert entries(alice) == []


def test_an_expense_that_becomes_a_refund_loses_its_estimate(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    follow(expense)
    budgets.expense_change(alice, expense.expense_id, a_draft("10.00", "Food & Dining", today(), refund=True))
    follow(expense)
    assert entries(alice) == []
    check_totals(alice)


@pytest.mark.every_backend
def test_what_was_measured_stands_in_its_place_and_counts_once(alice: User) -> None:
    expense = spent(alice, "60.00", "Transportation", today())
    follow(expense)
    draft = EntryDraft(clock.now(), "car_petrol", Decimal(100), "km", region="GB")
    expense_measure(alice, expense.expense_id, draft)
    follow(expense)
    budgets.expense_change(alice, expense.expense_id, a_draft("90.00", "Transportation", today()))
    follow(expense)
    (entry,) = entries(alice)
    assert not entry.is_estimate
    assert entry.kg == Decimal("16.152")
    check_totals(alice)


def test_an_estimate_comes_back_where_what_was_measured_is_deleted(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    expense_measure(alice, expense.expense_id, EntryDraft(clock.now(), "car_petrol", Decimal(1), "km", region="GB"))
    entry_delete(alice, expense.expense_id)
    payload = {"entry_id": expense.expense_id, "expense_id": expense.expense_id}
    event = Event("carbon.entry_changed", "alice", payload)
    for _ in range(2):
        bring_estimate_back(event)
    assert [(entry.is_estimate, entry.kg) for entry in entries(alice)] == [(True, KG_OF_TEN_DOLLARS)]
    check_totals(alice)


@pytest.mark.every_backend
def test_many_at_once_are_what_each_alone_would_be(alice: User) -> None:
    chance = Random(4)
    months = [today() - timedelta(days=31 * back) for back in range(4)]
    expenses = [
        spent(alice, str(chance.randint(1, 90)), chance.choice(["Food & Dining", "Travel", "Other"]), day)
        for day in months * 5
    ]
    follow_all("alice", [each.expense_id for each in expenses])
    together = entries(alice)
    check_totals(alice)
    assert {entry.entry_id for entry in together} == {each.expense_id for each in expenses if each.category != "Other"}
    for expense in expenses:
        follow(expense)
    assert entries(alice) == together


def test_an_import_taken_back_takes_its_estimates_along(alice: User) -> None:
    import_id = new_id()
    rows = [(new_id(), a_draft(str(each + 1), "Food & Dining", today()), import_id) for each in range(40)]
    record_batch(alice, rows)
    ids = [row[0] for row in rows]
    follow_all("alice", ids)
    assert len(entries(alice)) == 40
    measured_one = EntryDraft(clock.now(), "car_petrol", Decimal(100), "km", region="GB")
    expense_measure(alice, ids[7], measured_one)
    remove_batch(alice, ids, import_id=import_id)
    follow_all("alice", ids)
    assert [entry.entry_id for entry in entries(alice)] == [ids[7]]
    check_totals(alice)


def test_a_thousand_rows_are_some_to_a_transaction(alice: User) -> None:
    ids = []
    for _ in range(15):
        rows = [(new_id(), a_draft("3.50", "Food & Dining", today()), "an import") for _ in range(68)]
        record_batch(alice, rows)
        ids += [row[0] for row in rows]
    with measured() as usage:
        follow_all("alice", ids)
    assert len(entries(alice)) == len(ids) == 1020
    transactions = 34
    looks_at_expenses = 24
    assert usage.requests <= 2 * transactions + looks_at_expenses + 12
    check_totals(alice)


@pytest.mark.parametrize("store", ["memory", "file", pytest.param("native", marks=pytest.mark.services)], indirect=True)
def test_the_last_change_counts_whichever_worker_follows_last(alice: User) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    categories = ("Food & Dining", "Shopping", "Other", "Travel")

    def edit_and_follow(number: int) -> None:
        day = today() - timedelta(days=number % 3)
        draft = a_draft(str(10 + number), categories[number % 4], day)
        budgets.expense_change(alice, expense.expense_id, draft)
        follow(expense)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(edit_and_follow, range(24)))
    estimate = estimate_of_expense(expense_get("alice", expense.expense_id))
    found = [(entry.day, entry.category, entry.amount) for entry in entries(alice)]
    assert found == ([] if estimate is None else [(estimate.day, estimate.category, estimate.amount)])
    check_totals(alice)


def test_a_closed_account_gets_none(alice: User, store: Store) -> None:
    expense = spent(alice, "10.00", "Food & Dining", today())
    other = spent(alice, "10.00", "Food & Dining", today())
    account_erase("alice")
    follow(expense)
    follow_all("alice", [expense.expense_id, other.expense_id])
    assert list(store.dump(CARBON_ENTRIES)) == []


def test_another_users_expense_gives_nothing(alice: User) -> None:
    bob = a_user("bob")
    expense = spent(bob, "10.00", "Food & Dining", today())
    follow_expense(Event("budgets.expense_changed", "alice", {"expense_id": expense.expense_id}))
    assert entries(alice) == entries(bob) == []
