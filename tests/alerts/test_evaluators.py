"""Many evaluators, lost nudges and rivals of a claim."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings

from alerts.selectors import notifications_all
from alerts.services import alert_change, alert_pause
from alerts.subscriber import SUBSCRIBER
from core import clock, wiring
from core.accounts.domain import User
from core.storage import InvalidOperation, Store, StoreUnavailable, open_store, using
from market.services import ticks_record
from market.triggers import engine, repository
from market.triggers.crossing import advance
from market.triggers.engine import catch_up, look
from market.triggers.repository import LEASE
from market.triggers.selectors import assets_due
from market.triggers.subscriber import Claim, LostClaims
from tests.alerts.builders import an_alert, history_of, now
from tests.alerts.disturbances import Refusing, Rivalled, WithoutIndex
from tests.builders import there
from tests.market.builders import a_tick, an_asset
from tests.triggers.prices import moves_of

pytestmark = pytest.mark.usefixtures("alice")

ALICE = User("alice", "alice@example.com")


def tick(price: str) -> None:
    """One more tick, with nobody looking yet."""
    at = an_asset().price_at
    assert at is not None
    ticks_record([a_tick(price, at + timedelta(seconds=1))])


def test_a_nudge_that_finds_another_at_work_makes_it_look_again() -> None:
    an_alert(ALICE)
    tick("109")
    row = engine.lease("bitcoin", "another", clock.now())
    assert row is not None
    assert look("bitcoin").is_busy
    assert engine.save(row, row) is True


def test_a_dead_evaluator_keeps_others_off_for_its_lease_only() -> None:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        an_alert(ALICE)
        tick("111")
        engine.lease("bitcoin", "the dead one", clock.now())
        assert look("bitcoin").is_busy
        traveller.shift(LEASE)
        assert look("bitcoin").fired == 1


def test_an_alert_is_not_set_before_the_price_that_is_shown_was_taken_in(settings: LazySettings) -> None:
    settings.STORE_RETRY_SECONDS = 0
    an_alert(ALICE, ">", "500")
    tick("111")
    engine.lease("bitcoin", "another", clock.now())
    with pytest.raises(StoreUnavailable):
        an_alert(ALICE, ">", "110")


def test_the_sweep_finds_what_a_lost_nudge_leaves_behind() -> None:
    an_alert(ALICE)
    catch_up("bitcoin")
    assert assets_due() == []
    tick("111")
    assert assets_due() == ["bitcoin"]
    assert catch_up("bitcoin").fired == 1


def test_late_and_repeated_nudges_fire_nothing_twice() -> None:
    an_alert(ALICE, every=True, cooldown=0)
    for price in ("111", "100", "112", "100"):
        tick(price)
    assert sum(look("bitcoin").fired for _ in range(5)) == 2


def test_a_claim_of_what_has_changed_is_lost() -> None:
    alert = an_alert(ALICE)
    assert alert.watch is not None
    watch, firings = advance(alert.watch, moves_of("100", "111"))
    alert_pause(ALICE, alert.alert_id)
    with pytest.raises(LostClaims) as lost:
        SUBSCRIBER.claim("bitcoin", [Claim(alert, watch, firings[0])])
    assert lost.value.positions == {0}
    assert history_of(ALICE) == []


@pytest.mark.parametrize("error", [InvalidOperation("an item too many"), ValueError("a state that is none")], ids=repr)
def test_an_alert_that_cannot_be_claimed_does_not_hold_up_the_others(
    store: Store, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    faulty, sound = an_alert(ALICE, ">", "110"), an_alert(ALICE, ">", "111")
    tick("112")
    with using(Refusing(store, faulty.alert_id, error)):
        assert catch_up("bitcoin").fired == 1
        with time_machine.travel(clock.now() + timedelta(minutes=1)):
            assert catch_up("bitcoin").fired == 0
            assert assets_due() == []
    assert [entry.alert_id for entry in history_of(ALICE)] == [sound.alert_id]
    errors = {record.getMessage() for record in caplog.records if record.levelname == "ERROR"}
    assert errors == {f"alerts {faulty.alert_id} cannot be claimed"}
    assert now(faulty).watch is not None
    tick("100")
    tick("113")
    assert catch_up("bitcoin").fired == 1


def test_a_store_that_fails_at_a_claim_leaves_the_look_to_be_repeated(store: Store) -> None:
    alert = an_alert(ALICE)
    tick("111")
    lost = Refusing(store, alert.alert_id, StoreUnavailable(outcome_unknown=True))
    with using(lost), pytest.raises(StoreUnavailable):
        look("bitcoin")
    with time_machine.travel(clock.now() + LEASE):
        assert look("bitcoin").fired == 1


def test_an_alert_paused_in_the_middle_of_a_look_does_not_fire(store: Store) -> None:
    alert = an_alert(ALICE)
    tick("111")
    with using(Rivalled(store, lambda: alert_pause(ALICE, alert.alert_id))):
        assert look("bitcoin").fired == 0
    assert now(alert).is_paused
    assert history_of(ALICE) == []


def test_an_alert_renamed_in_the_middle_of_a_look_fires_under_its_new_name(store: Store) -> None:
    alert = an_alert(ALICE)
    tick("111")
    renamed = replace(alert.terms, name="Mine")
    with using(Rivalled(store, lambda: alert_change(ALICE, alert.alert_id, terms=renamed))):
        assert look("bitcoin").fired == 1
    assert notifications_all("alice")[0].title.startswith("Mine")


def test_an_index_row_that_shows_up_late_still_fires(store: Store) -> None:
    """The row of a new alert is not in the index yet when its first move is looked at."""
    an_alert(ALICE)
    tick("111")
    with using(WithoutIndex(store)):
        assert look("bitcoin").fired == 0
    tick("105")
    assert look("bitcoin").fired == 1
    assert [str(entry.price) for entry in history_of(ALICE)] == ["111"]


def test_every_subscriber_is_listed_with_a_name_of_its_own() -> None:
    names = [subscriber.name for subscriber in wiring.listed("TRIGGER_SUBSCRIBERS")]
    assert len(set(names)) == len(names)
    assert "alerts" in names


def test_threads_at_one_series_notify_of_everything_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repository, "LEASE", timedelta(0))
    opened = open_store(f"sqlite:///{tmp_path}/store.sqlite3")
    opened.create_tables(wiring.tables())
    with using(opened):
        users = [there(User(f"user_{number}", f"user_{number}@example.com")) for number in range(4)]
        for user in users:
            for threshold in range(101, 111):
                an_alert(user, ">", str(threshold), every=True, cooldown=0)
        ready = threading.Barrier(5)

        def evaluate() -> None:
            ready.wait()
            for _ in range(12):
                engine.look("bitcoin")

        with ThreadPoolExecutor(5) as pool:
            evaluators = [pool.submit(evaluate) for _ in range(4)]
            ready.wait()
            for price in ("106", "100", "111", "100"):
                tick(price)
            for each in evaluators:
                each.result()
        catch_up("bitcoin")
        for user in users:
            told = sorted(str(entry.condition.threshold) for entry in history_of(user))
            assert told == sorted([*map(str, range(101, 106)), *map(str, range(101, 111))])
            assert len(notifications_all(user.username)) == 15
    opened.close()
