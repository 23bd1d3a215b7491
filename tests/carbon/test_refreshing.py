"""What is stored of achievements: written when it differs, notified once, withdrawn when it is no longer reached."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from carbon import selectors, services
from carbon.domain.goal import GoalDraft
from carbon.events import ACHIEVEMENT_EARNED, ENTRY_CHANGED, GOAL_OVER
from carbon.handlers import refresh_achievements
from carbon.tables import CARBON_ACHIEVEMENTS
from core import outbox
from core.accounts.services import account_erase
from core.events import Event, shard_of
from core.ids import new_id
from core.storage import Store, measured
from tests.builders import a_user
from tests.carbon.builders import (
    a_goal,
    a_person,
    added,
    an_estimate,
    days_ago,
    estimated,
    events_of,
    reached,
    reached_by_recount,
)
from tests.stores import SERVERS


@pytest.mark.every_backend
def test_what_is_reached_is_stored_and_told_once() -> None:
    alice = a_person()
    added(alice, on=days_ago(1))
    services.achievements_refresh("alice")
    services.achievements_refresh("alice")
    assert reached(alice) == {"first_entry": days_ago(1)}
    assert [event.payload for event in events_of(alice, ACHIEVEMENT_EARNED)] == [
        {"achievement_id": "first_entry", "points": 50, "reached_on": days_ago(1).isoformat()}
    ]


@pytest.mark.every_backend
def test_it_is_withdrawn_with_its_entries_and_comes_back_in_silence() -> None:
    alice = a_person()
    entry = added(alice)
    services.achievements_refresh("alice")
    trashed = services.entry_delete(alice, entry.entry_id)
    services.achievements_refresh("alice")
    assert reached(alice) == {}
    assert selectors.achievements_of(alice).points == 0
    services.entry_restore(alice, trashed)
    services.achievements_refresh("alice")
    assert list(reached(alice)) == ["first_entry"]
    assert len(events_of(alice, ACHIEVEMENT_EARNED)) == 1


def test_the_day_moves_with_the_entries() -> None:
    alice = a_person()
    added(alice, on=days_ago(1))
    services.achievements_refresh("alice")
    added(alice, on=days_ago(9))
    services.achievements_refresh("alice")
    assert reached(alice) == {"first_entry": days_ago(9)}


@pytest.mark.parametrize(
    "store", ["memory", *(pytest.param(kind, marks=pytest.mark.services) for kind in SERVERS)], indirect=True
)
def test_many_at_once_are_written_in_transactions_that_every_server_takes() -> None:
    alice = a_person()
    for back in range(1, 36):
        added(alice, on=days_ago(back))
    for _ in range(15):
        added(alice, on=days_ago(1))
    for _ in range(5):
        a_goal(alice, "1000", period="daily")
    services.achievements_refresh("alice")
    names = {"first_entry", "carbon_conscious", "eco_warrior", "daily_habit", "consistency_king", "goal_setter"}
    assert set(reached(alice)) == names
    assert reached(alice) == reached_by_recount(alice)
    assert {event.payload["achievement_id"] for event in events_of(alice, ACHIEVEMENT_EARNED)} == names


def test_a_judgement_is_five_requests() -> None:
    alice = a_person()
    added(alice)
    with measured() as usage:
        services.achievements_refresh("alice")
    assert usage.requests == 5


@pytest.mark.every_backend
def test_the_worker_judges_after_each_change() -> None:
    alice = a_person()
    entry = added(alice)
    outbox.dispatch(shard_of("alice"))
    assert list(reached(alice)) == ["first_entry"]
    services.entry_delete(alice, entry.entry_id)
    outbox.dispatch(shard_of("alice"))
    assert reached(alice) == {}


def test_a_late_judgement_does_not_overwrite_a_newer_one() -> None:
    alice = a_person()
    entry = added(alice)
    event = Event(ENTRY_CHANGED, "alice", {"entry_id": entry.entry_id})
    refresh_achievements(event)
    services.entry_delete(alice, entry.entry_id)
    services.achievements_refresh("alice")
    refresh_achievements(event)
    assert reached(alice) == {}


@pytest.mark.every_backend
def test_going_over_a_goal_is_told_once_for_its_period() -> None:
    alice = a_person()
    with time_machine.travel(datetime(2026, 11, 18, 12, tzinfo=UTC)) as watch:
        goal = a_goal(alice, "30")
        added(alice)
        services.achievements_refresh("alice")
        assert events_of(alice, GOAL_OVER) == []
        added(alice)
        for _ in range(2):
            services.achievements_refresh("alice")
        added(alice)
        services.achievements_refresh("alice")
        assert [event.payload for event in events_of(alice, GOAL_OVER)] == [
            {"goal_id": goal.goal_id, "period": "2026-11", "kg": Decimal("32.304"), "target": Decimal(30)}
        ]
        watch.move_to(datetime(2026, 12, 1, 12, tzinfo=UTC))
        added(alice, on=date(2026, 11, 30))
        services.achievements_refresh("alice")
        assert len(events_of(alice, GOAL_OVER)) == 1
        added(alice, amount="500")
        services.achievements_refresh("alice")
        assert [event.payload["period"] for event in events_of(alice, GOAL_OVER)] == ["2026-11", "2026-12"]


def test_a_goal_that_is_raised_lowered_or_restored_in_its_period_is_not_told_again() -> None:
    alice = a_person()
    goal = a_goal(alice, "10")
    added(alice)
    services.achievements_refresh("alice")
    for target in ("20", "5"):
        services.goal_change(alice, goal.goal_id, GoalDraft("all", "monthly", Decimal(target)))
        services.achievements_refresh("alice")
    trashed = services.goal_delete(alice, goal.goal_id)
    services.achievements_refresh("alice")
    services.goal_restore(alice, trashed)
    services.achievements_refresh("alice")
    assert len(events_of(alice, GOAL_OVER)) == 1


def test_estimates_count_against_a_goal() -> None:
    alice = a_person()
    a_goal(alice, "39", period="daily")
    estimated("alice", an_estimate(new_id(), days_ago(0)))
    services.achievements_refresh("alice")
    assert [event.payload["kg"] for event in events_of(alice, GOAL_OVER)] == [Decimal(40)]


def test_how_far_the_rest_is_can_be_seen_before_anything_is_judged() -> None:
    alice = a_person()
    for back in range(4):
        added(alice, on=days_ago(back) if back else None)
    with measured() as usage:
        score = selectors.achievements_of(alice)
    assert usage.requests == 2
    found = {each.achievement.achievement_id: each for each in score.achievements}
    assert score.streak_days == 4
    assert (found["carbon_conscious"].so_far, found["carbon_conscious"].percent) == (Decimal(4), Decimal(40))
    assert (found["daily_habit"].so_far, found["daily_habit"].is_reached) == (Decimal(4), False)


def test_a_closed_account_gets_no_achievement(store: Store) -> None:
    alice = a_user()
    added(alice)
    account_erase("alice")
    services.achievements_refresh("alice")
    assert list(store.dump(CARBON_ACHIEVEMENTS)) == []
