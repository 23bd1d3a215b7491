"""Pausing, resuming, changing and deleting an alert."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from alerts.domain.alert import Alert, Status
from alerts.selectors import alerts_of
from alerts.services import alert_change, alert_delete, alert_pause, alert_resume
from core import clock
from core.accounts.domain import User
from core.errors import InvalidInput, NotFound, Refused
from core.storage import measured
from market.triggers.selectors import series_by_asset
from tests.alerts.builders import an_alert, history_of, now, prices_move, terms
from tests.builders import there

pytestmark = pytest.mark.usefixtures("alice")

ALICE = User("alice", "alice@example.com")


def status(alert: Alert) -> Status:
    return now(alert).status(clock.now())


def armed_levels() -> int:
    """How many levels the row of the series counts."""
    return sum(series_by_asset(["bitcoin"])["bitcoin"].counts.values())


def test_a_paused_alert_does_not_fire() -> None:
    alert = an_alert(ALICE)
    alert_pause(ALICE, alert.alert_id)
    assert status(alert) is Status.PAUSED
    assert prices_move("111") == 0
    assert armed_levels() == 0


def test_a_resumed_alert_fires_on_the_next_way_up_only() -> None:
    alert = an_alert(ALICE)
    alert_pause(ALICE, alert.alert_id)
    prices_move("111")
    alert_resume(ALICE, alert.alert_id)
    assert status(alert) is Status.WAITING
    assert prices_move("112") == 0
    assert prices_move("100", "112") == 1


def test_pausing_and_resuming_twice_changes_nothing_more() -> None:
    alert = an_alert(ALICE)
    for change in (alert_pause, alert_pause, alert_resume, alert_resume):
        change(ALICE, alert.alert_id)
    assert status(alert) is Status.ARMED
    assert armed_levels() == 1


def test_a_done_alert_can_be_armed_again() -> None:
    alert = an_alert(ALICE)
    prices_move("111", "100")
    assert status(alert) is Status.DONE
    alert_resume(ALICE, alert.alert_id)
    assert prices_move("111") == 1
    assert [entry.number for entry in history_of(ALICE)] == [1, 2]


def test_pausing_a_done_alert_leaves_it_done() -> None:
    alert = an_alert(ALICE)
    prices_move("111")
    alert_pause(ALICE, alert.alert_id)
    assert status(alert) is Status.DONE


def test_another_threshold_counts_from_now() -> None:
    alert = an_alert(ALICE, ">", "110")
    alert_change(ALICE, alert.alert_id, terms=terms(">", "120"))
    assert prices_move("115") == 0
    assert prices_move("121") == 1
    assert armed_levels() == 0


def test_another_name_leaves_the_state_as_it_is() -> None:
    alert = an_alert(ALICE, ">", "90")
    alert_change(ALICE, alert.alert_id, terms=replace(alert.terms, name="Mine", fire_if_true=True))
    assert now(alert).title == "Mine"
    assert status(alert) is Status.WAITING
    assert history_of(ALICE) == []


def test_a_change_that_holds_already_fires_at_once_if_asked() -> None:
    alert = an_alert(ALICE, ">", "110")
    alert_change(ALICE, alert.alert_id, terms=terms(">", "90", fire_if_true=True))
    assert status(alert) is Status.DONE
    assert len(history_of(ALICE)) == 1


def test_a_paused_alert_stays_paused_when_it_is_changed() -> None:
    alert = an_alert(ALICE)
    alert_pause(ALICE, alert.alert_id)
    alert_change(ALICE, alert.alert_id, terms=terms("<", "95"))
    assert status(alert) is Status.PAUSED
    assert prices_move("94") == 0


def test_bad_terms_change_nothing() -> None:
    alert = an_alert(ALICE)
    with pytest.raises(InvalidInput):
        alert_change(ALICE, alert.alert_id, terms=terms(threshold="0"))
    assert now(alert) == alert


def test_a_deleted_alert_does_not_fire_and_makes_room() -> None:
    alert = an_alert(ALICE)
    alert_delete(ALICE, alert.alert_id)
    assert alerts_of("alice") == []
    assert prices_move("111") == 0
    assert armed_levels() == 0


def test_an_expired_alert_ends_at_the_claim() -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        alert = an_alert(ALICE, expires_at=clock.now() + timedelta(minutes=1), every=True)
        traveller.shift(timedelta(minutes=2))
        assert status(alert) is Status.EXPIRED
        assert prices_move("111", apart=timedelta(minutes=2)) == 0
        assert [entry.outcome for entry in history_of(ALICE)] == ["expired"]
        assert armed_levels() == 0


def test_what_crossed_before_the_end_notifies_also_when_it_is_looked_at_later() -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        an_alert(ALICE, expires_at=clock.now() + timedelta(minutes=1))
        traveller.shift(timedelta(minutes=2))
        assert prices_move("111", apart=timedelta(seconds=30)) == 1


def test_an_expired_alert_is_resumed_with_a_later_end_only() -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        alert = an_alert(ALICE, expires_at=clock.now() + timedelta(minutes=1))
        alert_pause(ALICE, alert.alert_id)
        traveller.shift(timedelta(minutes=2))
        with pytest.raises(Refused) as refused:
            alert_resume(ALICE, alert.alert_id)
        assert refused.value.code == "alert_expired"
        alert_change(ALICE, alert.alert_id, terms=replace(alert.terms, expires_at=None), enabled=True)
        assert status(alert) is Status.ARMED


def test_within_the_cooldown_a_firing_is_kept_without_a_notification() -> None:
    alert = an_alert(ALICE, every=True, cooldown=10)
    assert prices_move("111", "100", "111", apart=timedelta(seconds=4)) == 1
    assert prices_move("100", "111", apart=timedelta(seconds=4)) == 1
    assert [entry.outcome for entry in history_of(ALICE)] == ["fired", "cooldown", "fired"]
    assert now(alert).trigger_count == 2


@pytest.mark.parametrize("change", [alert_pause, alert_resume, alert_delete])
def test_nobody_changes_an_alert_of_somebody_else(change: object) -> None:
    assert callable(change)
    alert = an_alert(ALICE)
    bob = there(User("bob", "bob@example.com"))
    costs = []
    for alert_id in (alert.alert_id, "01890000-0000-7000-8000-000000000000"):
        with measured() as usage, pytest.raises(NotFound, match="This alert was not found"):
            change(bob, alert_id)
        costs.append(usage.requests)
    assert costs[0] == costs[1]
    assert now(alert) == alert
