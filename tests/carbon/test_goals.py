"""Goals: set, changed, deleted, restored, and their progress."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from carbon import selectors, services
from carbon.domain.goal import GoalDraft
from carbon.usage import MOST_GOALS
from core.accounts.domain import User
from core.accounts.services import account_erase
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.storage import measured
from tests.builders import a_user
from tests.carbon.builders import a_goal, a_person, added, an_estimate, estimated, events_of

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
"""A Wednesday."""


@pytest.fixture(autouse=True)
def _a_wednesday() -> Any:
    with time_machine.travel(NOON):
        yield


def a_draft(**values: Any) -> GoalDraft:
    """At most 100 kg for everything in a month."""
    return GoalDraft(**{"category": "all", "period": "monthly", "target_kg": Decimal(100), **values})


def progress(user: User) -> selectors.GoalProgress:
    """The progress of the only goal."""
    (only,) = selectors.goals_with_progress(user)
    return only


@pytest.mark.every_backend
def test_a_goal_is_kept_as_it_was_set() -> None:
    alice = a_person(time_zone="Pacific/Kiritimati")
    goal = a_goal(alice, "12.5", category="food", period="weekly", description=" Less meat ")
    assert selectors.goal_get("alice", goal.goal_id) == goal
    assert (goal.target_kg, goal.category_label, goal.description) == (Decimal("12.5"), "Food", "Less meat")
    assert (goal.set_on, goal.percent, goal.baseline_kg, goal.version) == (date(2026, 11, 19), None, None, 1)
    assert [event.payload for event in events_of(alice)] == [{"goal_id": goal.goal_id}]


@pytest.mark.parametrize(
    ("period", "name", "first", "last", "kg"),
    [
        ("daily", "2026-11-18", date(2026, 11, 18), date(2026, 11, 18), "16"),
        ("weekly", "2026-W47", date(2026, 11, 16), date(2026, 11, 22), "24"),
        ("monthly", "2026-11", date(2026, 11, 1), date(2026, 11, 30), "28"),
        ("yearly", "2026", date(2026, 1, 1), date(2026, 12, 31), "30"),
    ],
)
def test_progress_is_of_the_period_of_today(period: str, name: str, first: date, last: date, kg: str) -> None:
    alice = a_person()
    days = [(date(2025, 12, 31), 1), (date(2026, 1, 1), 2), (date(2026, 11, 1), 4), (date(2026, 11, 16), 8)]
    for day, amount in [*days, (date(2026, 11, 18), 16)]:
        estimated("alice", an_estimate(new_id(), day, str(amount)))
    a_goal(alice, "28", period=period)
    with measured() as usage:
        found = progress(alice)
    assert usage.requests == 2
    assert (found.period, found.first_day, found.last_day, found.kg) == (name, first, last, Decimal(kg))
    assert (found.estimated_kg, found.days_left) == (found.kg, (last - date(2026, 11, 18)).days)
    assert found.is_over == (Decimal(kg) > 28)
    assert found.left_kg == 28 - Decimal(kg)


def test_progress_is_of_the_goals_category() -> None:
    alice = a_person()
    added(alice, "car_petrol", "100")
    added(alice, "apples", "10", "kg")
    a_goal(alice, "43", category="food")
    assert (progress(alice).kg, progress(alice).percent_used) == (Decimal("4.3"), Decimal(10))


def test_percent_is_under_the_mean_of_the_three_months_before_and_is_kept() -> None:
    alice = a_person()
    for day, amount in [(date(2026, 7, 5), "900"), (date(2026, 8, 5), "100"), (date(2026, 10, 5), "300")]:
        added(alice, amount=amount, on=day)
    added(alice, amount="9999", on=date(2026, 11, 2))
    goal = a_goal(alice, None, percent=Decimal(25))
    assert goal.baseline_months == ("2026-08", "2026-10")
    assert goal.baseline_kg == Decimal("32.304")  # (16.152 + 48.456) / 2
    assert goal.target_kg == Decimal("24.228")
    added(alice, amount="5000", on=date(2026, 10, 6))
    kept = services.goal_change(alice, goal.goal_id, a_draft(target_kg=None, percent=Decimal(50)))
    assert (kept.baseline_kg, kept.target_kg) == (Decimal("32.304"), Decimal("16.152"))


@pytest.mark.parametrize(
    ("period", "kg"),
    [("daily", "1.000"), ("weekly", "7.000"), ("monthly", "31.000"), ("yearly", "372.000")],
)
def test_a_baseline_is_of_one_period(period: str, kg: str) -> None:
    alice = a_person()
    estimated("alice", an_estimate(new_id(), date(2026, 10, 3), "31"))
    assert a_goal(alice, None, percent=Decimal(10), period=period).baseline_kg == Decimal(kg)


def test_a_baseline_of_the_users_own_is_taken() -> None:
    goal = a_goal(a_person(), None, percent=Decimal(20), baseline_kg=Decimal(500))
    assert (goal.target_kg, goal.baseline_months) == (Decimal(400), ())


def test_a_percentage_of_nothing_is_refused() -> None:
    alice = a_person()
    added(alice, "apples", "1", "kg", on=date(2026, 10, 3))
    with pytest.raises(InvalidInput) as caught:
        a_goal(alice, None, percent=Decimal(20), category="energy")
    assert list(caught.value.errors) == ["baseline_kg"]
    assert selectors.goals_with_progress(alice) == ()


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"category": "fun"}, ["category"]),
        ({"period": "hourly"}, ["period"]),
        ({"target_kg": None}, ["target_kg"]),
        ({"percent": Decimal(5)}, ["target_kg"]),
        ({"target_kg": Decimal(0)}, ["target_kg"]),
        ({"target_kg": Decimal("0.0001")}, ["target_kg"]),
        ({"target_kg": Decimal("Infinity")}, ["target_kg"]),
        ({"target_kg": None, "percent": Decimal(0)}, ["percent"]),
        ({"target_kg": None, "percent": Decimal("100.01")}, ["percent"]),
        ({"target_kg": None, "percent": Decimal("NaN")}, ["percent"]),
        ({"target_kg": None, "percent": Decimal(5), "baseline_kg": Decimal(-1)}, ["baseline_kg"]),
        ({"description": "x" * 501}, ["description"]),
        ({"category": "fun", "period": "", "target_kg": None}, ["category", "period", "target_kg"]),
    ],
)
def test_what_is_wrong_is_named_by_its_field(values: dict[str, Any], fields: list[str]) -> None:
    alice = a_person()
    goal = a_goal(alice)
    with pytest.raises(InvalidInput) as caught:
        services.goal_add(alice, goal_id=new_id(), draft=a_draft(**values))
    assert sorted(caught.value.errors) == fields
    with pytest.raises(InvalidInput):
        services.goal_change(alice, goal.goal_id, a_draft(**values))
    assert [each.goal for each in selectors.goals_with_progress(alice)] == [goal]


@pytest.mark.every_backend
def test_a_goal_is_changed_deleted_and_restored() -> None:
    alice = a_person()
    goal = a_goal(alice)
    changed = services.goal_change(alice, goal.goal_id, a_draft(period="daily", target_kg=Decimal(9)), version=1)
    assert (changed.period, changed.target_kg, changed.version) == ("daily", Decimal(9), 2)
    with pytest.raises(Refused) as caught:
        services.goal_change(alice, goal.goal_id, a_draft(), version=1)
    assert caught.value.code == "changed_meanwhile"
    trashed = services.goal_delete(alice, goal.goal_id)
    assert selectors.goals_with_progress(alice) == ()
    assert [each.value.goal_id for each in selectors.goals_deleted("alice")] == [goal.goal_id]
    back = services.goal_restore(alice, trashed)
    assert (back.period, back.target_kg, back.set_on) == ("daily", Decimal(9), goal.set_on)
    assert services.goal_restore(alice, trashed) == back
    assert len(events_of(alice, "carbon.goal_changed")) == 4


def test_a_change_of_nothing_writes_nothing() -> None:
    alice = a_person()
    goal = a_goal(alice)
    assert services.goal_change(alice, goal.goal_id, a_draft()) == goal
    assert len(events_of(alice)) == 1


@pytest.mark.every_backend
def test_the_same_id_is_one_goal() -> None:
    alice, goal_id = a_person(), new_id()
    goal = a_goal(alice, goal_id=goal_id)
    assert a_goal(alice, goal_id=goal_id) == goal
    with pytest.raises(Refused) as caught:
        a_goal(alice, "99", goal_id=goal_id)
    assert caught.value.code == "idempotency_mismatch"
    assert len(selectors.goals_with_progress(alice)) == 1


def test_a_goal_beyond_the_most_is_refused_and_cannot_be_restored() -> None:
    alice = a_person()
    goals = [a_goal(alice) for _ in range(MOST_GOALS)]
    with pytest.raises(Refused) as caught:
        a_goal(alice)
    assert caught.value.code == "goal_quota"
    trashed = services.goal_delete(alice, goals[0].goal_id)
    a_goal(alice)
    with pytest.raises(Refused) as again:
        services.goal_restore(alice, trashed)
    assert again.value.code == "goal_quota"


@pytest.mark.parametrize("goal_id", ["", "none", "x" * 3000])
def test_an_unknown_goal_is_not_found(goal_id: str) -> None:
    alice = a_person()
    for reach in (
        lambda: selectors.goal_get("alice", goal_id),
        lambda: services.goal_change(alice, goal_id, a_draft()),
        lambda: services.goal_delete(alice, goal_id),
        lambda: services.goal_restore(alice, goal_id),
    ):
        with pytest.raises(NotFound):
            reach()


def test_the_goal_of_another_user_is_not_found() -> None:
    alice, bob = a_person(), a_person("bob")
    goal = a_goal(alice)
    for reach in (
        lambda: selectors.goal_get("bob", goal.goal_id),
        lambda: services.goal_change(bob, goal.goal_id, a_draft()),
        lambda: services.goal_delete(bob, goal.goal_id),
        lambda: services.goal_restore(bob, services.goal_delete(alice, goal.goal_id)),
    ):
        with pytest.raises(NotFound):
            reach()


def test_an_erased_account_gets_no_goal() -> None:
    alice = a_user()
    trashed = services.goal_delete(alice, a_goal(alice).goal_id)
    account_erase("alice")
    with pytest.raises(NotFound):
        a_goal(alice)
    with pytest.raises(NotFound):
        services.goal_restore(alice, trashed)
    assert selectors.goals_with_progress(alice) == ()
