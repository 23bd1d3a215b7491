"""Estimates of expenses: they follow the expense, give way to what is measured, and nothing counts twice."""

from datetime import date
from decimal import Decimal

import pytest

from carbon import selectors, services
from carbon.selectors import EntryFilter
from core.accounts.services import account_erase
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.periods import Month
from core.storage import measured
from tests.builders import a_user
from tests.carbon.builders import (
    a_draft,
    a_person,
    added,
    an_estimate,
    check_adds_up,
    days_ago,
    entries_of,
    estimated,
    events_of,
    reached,
    today_of,
    unestimated,
)

pytestmark = pytest.mark.every_backend
DAY = date(2026, 10, 31)


def test_an_estimate_is_an_entry_that_says_so() -> None:
    alice, expense_id = a_person(time_zone="Asia/Tokyo"), new_id()
    entry = estimated("alice", an_estimate(expense_id, DAY))
    assert entry is not None
    assert selectors.entry_get("alice", expense_id) == entry
    assert (entry.is_estimate, entry.expense_id, entry.day, entry.kg) == (True, expense_id, DAY, Decimal(40))
    assert selectors.entries_newest(alice, 5, wanted=EntryFilter(since=DAY, until=DAY)).items == (entry,)
    summary = selectors.month_summary(alice, Month(2026, 10))
    assert (summary.kg, summary.estimated_percent) == (Decimal(40), Decimal(100))
    assert [event.payload for event in events_of(alice)] == [{"entry_id": expense_id, "expense_id": expense_id}]
    check_adds_up(alice)


def test_the_same_estimate_again_writes_nothing() -> None:
    alice, expense_id = a_person(), new_id()
    first = estimated("alice", an_estimate(expense_id, DAY))
    with measured() as usage:
        services.estimates_put("alice", {expense_id: an_estimate(expense_id, DAY)})
    assert usage.requests == 1
    assert entries_of(alice) == [first]
    assert len(events_of(alice)) == 1


def test_it_follows_its_expense_to_another_month_category_and_amount() -> None:
    alice, expense_id = a_person(), new_id()
    estimated("alice", an_estimate(expense_id, DAY))
    moved = estimated("alice", an_estimate(expense_id, date(2026, 11, 1), "7", "food"))
    assert moved is not None
    assert (moved.day, moved.category, moved.version) == (date(2026, 11, 1), "food", 2)
    assert selectors.month_summary(alice, Month(2026, 10)).kg == 0
    check_adds_up(alice)
    unestimated("alice", expense_id)
    unestimated("alice", expense_id)
    assert entries_of(alice) == []
    check_adds_up(alice)


def test_what_is_measured_takes_its_place_and_counts_once() -> None:
    alice, expense_id = a_person(), new_id()
    estimated("alice", an_estimate(expense_id, DAY))
    entry = services.expense_measure(alice, expense_id, a_draft("petrol", "30", "litres", on=DAY))
    assert (entry.entry_id, entry.expense_id, entry.is_estimate) == (expense_id, expense_id, False)
    summary = selectors.month_summary(alice, Month(2026, 10))
    assert (summary.kg, summary.estimated_percent) == (Decimal("62.25"), Decimal(0))
    assert estimated("alice", an_estimate(expense_id, DAY)) is None
    unestimated("alice", expense_id)
    assert entries_of(alice) == [entry]
    again = services.expense_measure(alice, expense_id, a_draft("petrol", "31", "litres", on=DAY))
    assert entries_of(alice) == [again]
    check_adds_up(alice)


def test_an_expense_without_an_estimate_can_be_measured() -> None:
    alice, expense_id = a_person(), new_id()
    entry = services.expense_measure(alice, expense_id, a_draft(on=DAY))
    assert (entry.entry_id, entry.expense_id, entry.is_estimate, entry.kg) == (
        expense_id,
        expense_id,
        False,
        Decimal("16.152"),
    )
    check_adds_up(alice)


def test_an_estimate_that_is_changed_is_a_measured_entry() -> None:
    alice, expense_id = a_person(), new_id()
    estimated("alice", an_estimate(expense_id, DAY))
    entry = services.entry_change(alice, expense_id, a_draft(on=DAY))
    assert (entry.is_estimate, entry.expense_id, entry.kg) == (False, expense_id, Decimal("16.152"))
    check_adds_up(alice)


def test_an_estimate_goes_with_its_expense_alone() -> None:
    alice, expense_id = a_person(), new_id()
    estimated("alice", an_estimate(expense_id, DAY))
    with pytest.raises(Refused) as caught:
        services.entry_delete(alice, expense_id)
    assert caught.value.code == "estimate_follows_expense"
    assert len(entries_of(alice)) == 1


def test_a_measured_entry_comes_back_in_the_place_of_an_estimate() -> None:
    alice, expense_id = a_person(), new_id()
    measured_entry = services.expense_measure(alice, expense_id, a_draft(on=DAY))
    trashed = services.entry_delete(alice, expense_id)
    assert events_of(alice)[-1].payload == {"entry_id": expense_id, "expense_id": expense_id}
    estimated("alice", an_estimate(expense_id, date(2026, 11, 1)))
    back = services.entry_restore(alice, trashed)
    assert (back.is_estimate, back.kg, back.day) == (False, measured_entry.kg, DAY)
    assert entries_of(alice) == [back]
    check_adds_up(alice)


def test_an_estimate_leaves_an_entry_of_its_id_alone() -> None:
    alice, entry_id = a_person(), new_id()
    entry = added(alice, entry_id=entry_id)
    assert estimated("alice", an_estimate(entry_id, DAY)) is None
    assert entries_of(alice) == [entry]


def test_estimates_achieve_nothing() -> None:
    alice = a_person()
    for back in range(8):
        estimated("alice", an_estimate(new_id(), days_ago(back)))
    services.achievements_refresh("alice")
    assert reached(alice) == {}


def test_what_stands_for_a_planned_expense_may_lie_ahead() -> None:
    alice, expense_id = a_person(), new_id()
    ahead = today_of(alice).replace(year=today_of(alice).year + 1, day=1)
    services.expense_measure(alice, expense_id, a_draft(on=ahead))
    check_adds_up(alice)
    with pytest.raises(InvalidInput):
        services.expense_measure(alice, new_id(), a_draft(on=ahead.replace(year=ahead.year + 1)))


def test_a_closed_account_gets_no_estimate() -> None:
    alice = a_user()
    account_erase("alice")
    assert estimated("alice", an_estimate(new_id(), DAY)) is None
    with pytest.raises(NotFound):
        services.expense_measure(alice, new_id(), a_draft(on=DAY))
    assert entries_of(alice) == []
