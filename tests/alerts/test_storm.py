"""One move that fires thousands of alerts: all of them, nearest first, in portions that keep nobody else waiting."""

import random

import pytest
import time_machine
from django.conf import LazySettings

from alerts.subscriber import SUBSCRIBER
from alerts.tables import ALERT_CONFIGURATIONS
from core import clock, nudges
from core.accounts.domain import User
from core.storage import Store, Update, measured, using
from market.services import ticks_record
from market.triggers import engine, tasks
from market.triggers.engine import catch_up, look
from market.triggers.repository import LEASE
from market.triggers.selectors import assets_due
from market.triggers.tables import TRIGGER_SERIES
from tests.alerts.builders import an_alert, history_of, now, prices_move
from tests.alerts.disturbances import Disturbed, Killed
from tests.alerts.storms import BEYOND, Storm
from tests.builders import a_user
from tests.market.builders import a_tick, an_asset

REQUESTS_OF_A_LOOK = 6
"""The lease, the ticks, one or two partitions in one or two pages, the row."""


CLAIMED_IN_A_LOOK = 60


@pytest.fixture(autouse=True)
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CLAIMED_IN_A_LOOK", CLAIMED_IN_A_LOOK)


def users(count: int) -> list[User]:
    return [a_user(f"user_{number}") for number in range(count)]


def tick(price: str, asset_id: str = "bitcoin") -> None:
    """One more tick, with nobody looking yet."""
    at = an_asset(asset_id).price_at
    assert at is not None
    ticks_record([a_tick(price, at + LEASE, asset_id=asset_id)])


def test_all_fire_nearest_first_at_a_cost_that_follows_their_number() -> None:
    storm = Storm(users(50), 20)
    storm.gather()
    with measured() as usage:
        assert prices_move(BEYOND) == storm.size == 1_000
    storm.check()
    looks = storm.size // CLAIMED_IN_A_LOOK + 1
    assert usage.requests <= storm.size // SUBSCRIBER.batch_size + looks * REQUESTS_OF_A_LOOK


@pytest.mark.every_backend
def test_all_fire_on_every_store() -> None:
    """Also on one that takes fewer items in a transaction than DynamoDB does."""
    storm = Storm(users(3), 8)
    storm.gather()
    assert prices_move(BEYOND) == storm.size
    storm.check()


@pytest.mark.parametrize("seed", range(4))
def test_nothing_is_lost_and_nobody_notified_twice_when_workers_die_or_meet(seed: int, store: Store) -> None:
    luck = random.Random(seed)
    storm = Storm(users(10), 16)
    storm.gather()
    tick(BEYOND)
    happened = {"killed": 0, "rivals": 0}
    with time_machine.travel(clock.now()) as traveller:

        def happen() -> None:
            fate = luck.random()
            if fate < 0.05:
                happened["rivals"] += 1
                traveller.shift(LEASE)
                look("bitcoin")
            elif fate < 0.15:
                happened["killed"] += 1
                raise Killed

        with using(Disturbed(store, happen)):
            has_more = True
            while has_more:
                try:
                    has_more = look("bitcoin").has_more
                except Killed:
                    traveller.shift(LEASE)
    storm.check()
    assert all(happened.values())


def test_a_look_at_a_slow_store_ends_before_its_lease(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "CLAIMED_IN_A_LOOK", 1_000)
    storm = Storm(users(10), 16)
    storm.gather()
    tick(BEYOND)
    with time_machine.travel(clock.now(), tick=False) as traveller:
        started = clock.now()
        with using(Disturbed(store, lambda: traveller.shift(0.25))):
            done = look("bitcoin")
        assert clock.now() - started < LEASE
    assert done.has_more
    assert 0 < done.fired < storm.size
    assert catch_up("bitcoin").fired == storm.size - done.fired


def test_another_asset_waits_for_one_look_at_most() -> None:
    storm = Storm(users(10), 16)
    storm.gather()
    other = a_user("other")
    an_alert(other, asset_id="ethereum")
    for asset_id in ("bitcoin", "ethereum"):
        tick(BEYOND, asset_id)
    tasks.look_at(["bitcoin", "ethereum"])
    (told,) = history_of(other)
    before = [entry for entry in storm.history() if entry.recorded_at < told.recorded_at]
    assert 0 < len(before) <= CLAIMED_IN_A_LOOK
    storm.check()


def test_a_task_leaves_what_takes_long_to_the_next(monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    monkeypatch.setattr(nudges, "WORKED_AT_A_TIME", 0)
    storm = Storm(users(10), 16)
    storm.gather()
    tick(BEYOND)
    tasks.look_at(["bitcoin"])
    assert len(storm.history()) == CLAIMED_IN_A_LOOK
    assert assets_due() == ["bitcoin"]
    settings.WORK_AT_ONCE = True
    tasks.sweep()
    storm.check()


def test_an_asset_that_cannot_be_looked_at_holds_up_no_other(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    alice = a_user("alice")
    for asset_id in ("bitcoin", "ethereum"):
        an_alert(alice, asset_id=asset_id)
        tick(BEYOND, asset_id)
    store.update(TRIGGER_SERIES, {"series_id": "bitcoin"}, Update(set={"moves": [{"seq": "many"}]}))
    tasks.sweep()
    assert [entry.asset_id for entry in history_of(alice)] == ["ethereum"]
    assert "the look at bitcoin failed" in caplog.messages


def test_an_alert_can_be_set_while_others_fire_and_is_not_fired_by_that_move() -> None:
    storm = Storm(users(10), 16)
    storm.gather()
    tick(BEYOND)
    assert look("bitcoin").has_more
    late = an_alert(a_user("late"), ">=", "110", every=True)
    assert now(late).phase == "waiting"
    catch_up("bitcoin")
    storm.check()
    assert now(late).trigger_count == 0
    assert prices_move("100", "112") == 1


def test_prices_go_on_while_alerts_fire() -> None:
    """An alert that a storm has not come to yet is taken through later moves too."""
    storm = Storm(users(10), 24)
    storm.gather()
    every = an_alert(a_user("every"), ">=", "120", every=True, cooldown=0)
    for price in (BEYOND, "100", BEYOND):
        tick(price)
        look("bitcoin")
    assert len(storm.history()) < storm.size
    catch_up("bitcoin")
    storm.check()
    assert now(every).trigger_count == 2


def test_an_alert_that_cannot_be_understood_holds_up_no_other(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    alice = a_user("alice")
    faulty, sound = an_alert(alice, ">", "110"), an_alert(alice, ">", "111")
    key = {"username": "alice", "alert_id": faulty.alert_id}
    store.update(ALERT_CONFIGURATIONS, key, Update(set={"frequency": "now and then"}))
    assert prices_move("112") == 1
    assert [entry.alert_id for entry in history_of(alice)] == [sound.alert_id]
    assert f"alert {faulty.alert_id} of alice cannot be understood" in caplog.messages
