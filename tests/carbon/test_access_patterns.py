"""Each question to the tables of the footprint is one request."""

from datetime import date
from decimal import Decimal

import pytest

from carbon import selectors, services
from carbon.domain.entry import Entry
from carbon.repositories import achievements, entries, factors, goals
from carbon.selectors import EntryFilter
from carbon.services.snapshot import snapshot_of
from core.accounts.domain import User
from core.ids import new_id
from core.periods import Month
from tests.carbon.builders import a_factor, a_goal, a_person, added, an_estimate, estimated, factor_added
from tests.counting import got, one_request, queried

pytestmark = pytest.mark.every_backend


@pytest.fixture
def kept(alice: User) -> list[Entry]:
    """Entries of four days in two months, one of them food."""
    return [
        added(alice, on=date(2026, 9, 30)),
        added(alice, on=date(2026, 10, 1)),
        added(alice, "apples", "1", "kg", on=date(2026, 10, 31)),
        added(alice, on=date(2026, 11, 1)),
    ]


def test_carbon_entries_one(kept: list[Entry]) -> None:
    item = got(entries.entry_address("alice", kept[1].entry_id))
    assert item is not None
    assert entries.entry_from_item(item) == kept[1]


def test_carbon_entries_newest(alice: User, kept: list[Entry]) -> None:
    with one_request():
        page = selectors.entries_newest(alice, 2)
    assert list(page.items) == [kept[3], kept[2]]
    with one_request():
        rest = selectors.entries_newest(alice, 5, page.cursor)
    assert (list(rest.items), rest.cursor) == ([kept[1], kept[0]], None)


def test_carbon_entries_date_range(alice: User, kept: list[Entry]) -> None:
    with one_request():
        page = selectors.entries_newest(alice, 9, wanted=EntryFilter(since=date(2026, 10, 1), until=date(2026, 10, 31)))
    assert list(page.items) == [kept[2], kept[1]]


def test_carbon_entries_of_a_category(alice: User, kept: list[Entry]) -> None:
    with one_request():
        page = selectors.entries_newest(
            alice, 9, wanted=EntryFilter(category="transportation", until=date(2026, 10, 31))
        )
    assert list(page.items) == [kept[1], kept[0]]


def test_carbon_entries_measured_alone(alice: User, kept: list[Entry]) -> None:
    for day in range(2, 12):
        estimated("alice", an_estimate(new_id(), date(2026, 10, day)))
    with one_request():
        page = selectors.entries_newest(alice, 3, wanted=EntryFilter(estimates=False))
    assert list(page.items) == [kept[3], kept[2], kept[1]]
    rest = selectors.entries_newest(alice, 3, page.cursor, EntryFilter(estimates=False))
    assert (list(rest.items), rest.cursor) == ([kept[0]], None)
    food = selectors.entries_newest(alice, 4, wanted=EntryFilter(category="transportation", estimates=True))
    assert [entry.day.day for entry in food.items] == [11, 10, 9, 8]
    after = selectors.entries_newest(alice, 9, food.cursor, EntryFilter(category="transportation", estimates=True))
    assert [entry.day.day for entry in after.items] == [7, 6, 5, 4, 3, 2]


def test_carbon_entries_every(alice: User, kept: list[Entry]) -> None:
    with one_request():
        found = list(selectors.entries_every(alice, EntryFilter(since=date(2026, 10, 1))))
    assert found == [kept[3], kept[2], kept[1]]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_carbon_entries_of_the_farthest_days(zone: str) -> None:
    alice = a_person(time_zone=zone)
    entry = added(alice, on=date(2026, 10, 1))
    assert selectors.entries_newest(alice, 9, wanted=EntryFilter(since=date.min, until=date.max)).items == (entry,)
    assert selectors.entries_newest(alice, 9, wanted=EntryFilter(since=date.min, until=date.min)).items == ()
    assert selectors.entries_newest(alice, 9, wanted=EntryFilter(since=date.max, until=date.max)).items == ()


@pytest.mark.usefixtures("kept")
def test_carbon_totals_of_a_month(alice: User) -> None:
    with one_request():
        october = selectors.month_summary(alice, Month(2026, 10))
    assert october.kg == Decimal("16.582")
    assert [day.first_day.day for day in october.days] == [1, 31]


@pytest.mark.usefixtures("kept")
def test_carbon_totals_of_days() -> None:
    with one_request():
        days = selectors.totals_between("alice", date(2026, 10, 1), date(2026, 11, 1))
    assert [day.period for day in days] == ["2026-10-01", "2026-10-31", "2026-11-01"]


@pytest.mark.usefixtures("kept")
def test_carbon_totals_of_months() -> None:
    with one_request():
        months = selectors.months_between("alice", Month(2026, 10), Month(2026, 11))
    assert [(month.period, month.total.count) for month in months] == [("2026-10", 2), ("2026-11", 1)]


def test_carbon_totals_with_an_entry(alice: User, kept: list[Entry]) -> None:
    with one_request():
        snapshot = snapshot_of("alice", kept[2].entry_id, "car_petrol", date(2026, 10, 31))
    assert snapshot.entry == kept[2]
    assert {period: each.total.count for period, each in snapshot.totals.items()} == {"2026-10": 2, "2026-10-31": 1}


def test_carbon_goals_of_a_user(alice: User) -> None:
    set_ = [a_goal(alice, "10"), a_goal(alice, "20")]
    page = queried(goals.goals_query("alice"))
    assert [goals.goal_from_item(item) for item in page.items] == set_[::-1]


def test_carbon_goals_one(alice: User) -> None:
    goal = a_goal(alice)
    item = got(goals.goal_address("alice", goal.goal_id))
    assert item is not None
    assert goals.goal_from_item(item) == goal


@pytest.mark.usefixtures("kept")
def test_carbon_achievements_of_a_user() -> None:
    services.achievements_refresh("alice")
    page = queried(achievements.achievements_query("alice"))
    assert achievements.record_from_items(page.items).reached == {"first_entry": date(2026, 9, 30)}


def test_carbon_factors_of_an_activity(alice: User) -> None:
    added_ = [factor_added(a_factor(kg_direct=Decimal(number))) for number in (1, 2)]
    page = queried(factors.factors_query("car_petrol"))
    assert list(factors.factors_from_items(page.items)) == added_


def test_carbon_factors_newest_of_an_activity(alice: User) -> None:
    for number in (1, 2):
        factor_added(a_factor(kg_direct=Decimal(number)))
    current = factors.current_from_item("car_petrol", got(factors.current_address("car_petrol")))
    assert [factor.version for factor in current.factors] == [3]


def test_carbon_factors_newest_of_all(alice: User) -> None:
    factor_added(a_factor())
    factor_added(a_factor("e_scooter", "world", "passenger_km"))
    page = queried(factors.currents_query())
    assert [item["activity"] for item in page.items] == ["car_petrol", "e_scooter"]
