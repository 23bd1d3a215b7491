"""What `/healthz` and `/readyz` answer."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from alerts.tables import NOTIFICATIONS
from core import health, heartbeat
from core.storage import Store, Throttled, Update, measured, using
from market.services import ticks_record
from market.tables import ASSETS
from market.triggers.engine import catch_up
from market.triggers.tables import TRIGGER_SERIES
from tests.alerts.builders import an_alert, prices_move
from tests.alerts.disturbances import Disturbed
from tests.builders import a_user
from tests.market.builders import a_tick, an_asset, the_catalogue
from tests.platform.events import give_up, happen
from tests.waiting import PATIENCE, wait_until

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def client() -> Client:
    """A program on this machine, which is shown the figures too."""
    return Client(HTTP_HOST="localhost")


def test_healthz_asks_the_store_for_nothing(client: Client) -> None:
    with measured() as usage:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert usage.requests == 0


def test_readyz_tells_the_state_of_every_part(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    parts = {"store", "outbox", "worker", "schedule", "clock", "feed", "polls", "triggers", "deliveries"}
    assert set(answer.json()) == {"status"} | parts
    assert answer.json()["store"]["ok"] is True
    assert answer.json()["outbox"] == {"ok": True, "waiting": 0, "oldest_seconds": 0, "given_up": 0}


def test_readyz_counts_what_waits(client: Client) -> None:
    happen("alice", 1, 2)
    happen("bob", 3)
    assert client.get("/readyz").json()["outbox"]["waiting"] == 3


def test_an_event_that_was_given_up_degrades_the_site(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        give_up("alice", clock)
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["outbox"] == {"ok": False, "waiting": 0, "oldest_seconds": 0, "given_up": 1}


def test_an_event_that_waits_too_long_degrades_the_site(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        happen("alice", 1)
        clock.shift(timedelta(seconds=61))
        answer = client.get("/readyz")
    assert answer.json()["outbox"] == {"ok": False, "waiting": 1, "oldest_seconds": 61.0, "given_up": 0}


def test_a_degraded_feed_is_named(client: Client) -> None:
    nothing: dict[str, object] = {"ok": False, "newest_price_seconds": None, "feeds": {}, "assets": 0, "stale": 0}
    assert client.get("/readyz").json()["feed"] == nothing


def test_messages_that_do_not_go_out_degrade_the_site(client: Client) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        an_alert(a_user("alice"))
        assert prices_move("111") == 1
        waiting = {"ok": True, "due": 1, "oldest_seconds": 0.0, "queued": 1, "sending": 0, "retry": 0}
        assert client.get("/readyz").json()["deliveries"] == waiting
        clock.shift(timedelta(seconds=61))
        assert client.get("/readyz").json()["deliveries"]["ok"] is False


@pytest.mark.usefixtures("store_out_of_reach")
def test_without_its_store_the_site_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["store"]["ok"] is False
    assert set(answer.json()) == {"status", "store"}


@pytest.mark.parametrize("answered", range(15))
def test_a_store_that_fails_on_the_way_is_reported_as_one_that_does_not_answer(
    store: Store, settings: Settings, answered: int
) -> None:
    an_asset("bitcoin", price="80000")
    settings.STORE_RETRY_SECONDS = 0
    moments = itertools.count()  # before and after each call

    def fail() -> None:
        if next(moments) >= 2 * answered:
            raise Throttled

    with using(Disturbed(store, fail)):
        answer = health.report()
    assert (answer.status, answer.parts[0].figures) == ("unavailable", {"error": "Throttled"})


def test_rows_that_nobody_foresaw_degrade_the_site_and_do_not_take_it_away(client: Client, store: Store) -> None:
    an_asset("bitcoin", price="80000")
    store.put(TRIGGER_SERIES, {"series_id": "bitcoin", "seq": "many"})
    no_delivery = {"username": "alice", "entry": "DELIVERY#x", "due": "due#0", "due_at": "2026-01-01T00:00:00.000Z"}
    store.put(NOTIFICATIONS, no_delivery)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["triggers"] == {"ok": False, "assets_waiting": 0, "oldest_seconds": 0, "unreadable": 1}
    assert answer.json()["deliveries"]["ok"] is True


def test_a_part_that_fails_is_reported_as_not_ok(client: Client, store: Store) -> None:
    an_asset("bitcoin", price="80000")
    store.update(ASSETS, {"asset_id": "bitcoin"}, Update(set={"price_at": "yesterday"}))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")
    assert answer.json()["market"] == {"ok": False, "error": "ValueError"}


def test_the_age_of_the_prices_is_reported_by_feed(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        the_catalogue()
        ticks_record([a_tick("4000", NOON, asset_id="ethereum", source="binance")])
        clock.shift(timedelta(seconds=40))
        ticks_record([a_tick("80000", NOON, asset_id="bitcoin", source="coingecko")])
        clock.shift(timedelta(seconds=7))
        feed = client.get("/readyz").json()["feed"]
    assert (feed["newest_price_seconds"], feed["feeds"]) == (7.0, {"binance": 47.0, "coingecko": 7.0})


def test_prices_that_the_trigger_engine_has_not_seen_degrade_the_site(client: Client) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        an_asset("bitcoin", price="80000")
        assert client.get("/readyz").json()["triggers"] == {"ok": True, "assets_waiting": 1, "oldest_seconds": 0}
        clock.shift(timedelta(seconds=61))
        assert client.get("/readyz").json()["triggers"] == {"ok": False, "assets_waiting": 1, "oldest_seconds": 61.0}
        catch_up("bitcoin")
        clock.shift(timedelta(seconds=6))
        assert client.get("/readyz").json()["triggers"]["assets_waiting"] == 0


class TestSignsOfLife:
    def test_without_a_worker_the_site_is_degraded(self, client: Client) -> None:
        answer = client.get("/readyz").json()
        assert answer["status"] == "degraded"
        assert (answer["worker"], answer["schedule"]) == ({"ok": False, "seen_seconds": None},) * 2

    def test_a_worker_that_ran_a_task_of_the_schedule_shows_that_both_live(self, client: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            heartbeat.write(schedule_at=NOON - timedelta(seconds=4))
            clock.shift(timedelta(seconds=2))
            answer = client.get("/readyz").json()
        assert answer["worker"] == {"ok": True, "seen_seconds": 2.0}
        assert answer["schedule"] == {"ok": True, "seen_seconds": 6.0}

    def test_a_dead_schedule_shows_where_a_worker_lives(self, client: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            heartbeat.write(schedule_at=NOON)
            clock.shift(heartbeat.LASTS)
            heartbeat.write(schedule_at=None)
            answer = client.get("/readyz").json()
        assert (answer["worker"]["ok"], answer["schedule"]["ok"]) == (True, False)

    def test_a_dead_worker_shows_after_its_lease(self, client: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            heartbeat.write(schedule_at=NOON)
            clock.shift(heartbeat.LASTS - timedelta(seconds=1))
            assert client.get("/readyz").json()["worker"]["ok"] is True
            clock.shift(timedelta(seconds=6))
            assert client.get("/readyz").json()["worker"]["ok"] is False

    def test_of_many_workers_one_that_saw_the_schedule_long_ago_hides_no_other(self) -> None:
        one, other = heartbeat.Heart(), heartbeat.Heart()
        with time_machine.travel(NOON, tick=False) as clock:
            one.schedule_seen()
            one.beat()
            clock.shift(timedelta(seconds=20))
            other.schedule_seen()
            other.beat()
            one.beat()
            assert heartbeat.read().schedule_at == NOON + timedelta(seconds=20)

    def test_what_a_worker_saw_is_reported_once_the_store_answers_again(self, store: Store) -> None:
        heart = heartbeat.Heart()
        heart.schedule_seen()

        def fail() -> None:
            raise Throttled

        with using(Disturbed(store, fail)), pytest.raises(Throttled):
            heart.beat()
        heart.beat()
        assert heartbeat.read().schedule_at is not None

    def test_a_heart_beats_until_it_is_stopped(self) -> None:
        heart = heartbeat.Heart()
        heart.schedule_seen()
        heart.start()
        wait_until(lambda: heartbeat.read().worker_at is not None)
        heart.stop()
        assert heartbeat.read().schedule_at is not None


class TestItsPrice:
    def test_a_report_is_14_requests_and_a_write_in_30_seconds(self, client: Client) -> None:
        an_asset("bitcoin", price="80000")
        costs = []
        with time_machine.travel(NOON, tick=False) as clock:
            for _ in range(11):
                with measured() as usage:
                    client.get("/readyz")
                costs.append((usage.requests, usage.write_units))
                clock.shift(timedelta(seconds=6))
        written = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
        assert costs == [(14 + each, each) for each in written]

    def test_a_second_request_within_5_seconds_gets_the_same_report(self, client: Client) -> None:
        with time_machine.travel(NOON, tick=False) as clock:
            before = client.get("/readyz").json()
            happen("alice", 1)
            clock.shift(timedelta(seconds=4))
            with measured() as usage:
                assert [client.get("/readyz").json() for _ in range(20)] == [before] * 20
            assert usage.requests == 0
            clock.shift(timedelta(seconds=2))
            assert client.get("/readyz").json()["outbox"]["waiting"] == 1

    def test_many_at_once_wait_for_one_report(self) -> None:
        made: list[health.Report] = []
        go_on = threading.Event()

        def make() -> health.Report:
            assert go_on.wait(PATIENCE)
            made.append(health.report())
            return made[-1]

        recent = health.Recent(make)
        with ThreadPoolExecutor(8) as pool:
            answer = [pool.submit(recent) for _ in range(8)]
            go_on.set()
            assert {id(each.result(10)) for each in answer} == {id(made[0])}
        assert len(made) == 1

    def test_a_report_that_takes_too_long_is_reported_as_a_store_that_does_not_answer(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(health, "PATIENCE", 0.05)
        go_on = threading.Event()

        def make() -> health.Report:
            go_on.wait(PATIENCE)
            return health.Report(())

        answer = health.Recent(make)()
        go_on.set()
        assert (answer.status, answer.parts[0].figures) == ("unavailable", {"error": "no answer within 0.05 seconds"})


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/readyz").status_code == 405
