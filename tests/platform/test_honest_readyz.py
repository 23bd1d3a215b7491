"""`/readyz` is 503 for the store alone; any other part amiss is named under 200, also where its times lie ahead."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import Settings

from core import clock, heartbeat
from core.storage import Store, Update
from core.tables import SITE, THROTTLE
from market.domain import Tick
from market.feeds import FeedChain, FeedFailed
from market.feeds.simulated import SimulatedFeed
from market.services import prices_poll
from market.tables import ASSETS
from market.triggers.tables import TRIGGER_SERIES
from tests.market.builders import a_file, an_asset, the_catalogue
from tests.platform.events import happen

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOCAL = Client(HTTP_HOST="localhost")


def readyz(part: str = "") -> Any:
    """What /readyz says now, to a program on this machine, which must be 200."""
    answer = LOCAL.get("/readyz")
    assert answer.status_code == 200
    return answer.json()[part] if part else answer.json()


class TestTheStore:
    def test_a_layout_that_is_refused_is_503(self, store: Store) -> None:
        with time_machine.travel(NOON, tick=False) as machine:
            assert readyz("store")["ok"] is True
            store.put(SITE, {"name": "layout", "layout": 9, "oldest": 9})
            machine.shift(6)
            answer = LOCAL.get("/readyz")
        assert (answer.status_code, answer.json()["store"]["ok"]) == (503, False)
        assert "layout 9" in answer.json()["store"]["do"]

    def test_a_newer_layout_that_may_be_opened_is_fine(self, store: Store) -> None:
        store.put(SITE, {"name": "layout", "layout": 9, "oldest": 2})
        assert readyz("store")["ok"] is True

    def test_a_missing_table_is_503_and_says_what_to_do(self, store: Store) -> None:
        store.drop(THROTTLE)
        answer = LOCAL.get("/readyz")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert "createtables" in answer.json()["store"]["do"]

    @pytest.mark.parametrize("value", ["yesterday", 7, None])
    def test_a_row_that_makes_no_sense_is_no_outage(self, store: Store, value: object) -> None:
        store.put(THROTTLE, {"name": "heartbeat", "worker_at": value})
        assert (readyz("worker")["ok"], readyz()["status"]) == (False, "degraded")


class TestTimesThatLieAhead:
    """A clock that was wrong has written them; nothing of it is a sign of life until that time comes."""

    def test_a_worker_and_a_schedule(self) -> None:
        with time_machine.travel(NOON + HOUR, tick=False):
            heartbeat.write(schedule_at=clock.now())
        with time_machine.travel(NOON, tick=False):
            report = readyz()
        assert report["status"] == "degraded"
        for part in ("worker", "schedule"):
            assert report[part] == {"ok": False, "seen_seconds": -3600.0}
        assert report["clock"] == {"ok": False, "ahead_seconds": 3600.0}

    def test_clocks_that_differ_by_seconds_are_fine(self) -> None:
        with time_machine.travel(NOON + timedelta(seconds=3), tick=False):
            heartbeat.write(schedule_at=clock.now())
        with time_machine.travel(NOON, tick=False):
            report = readyz()
        assert [report[part]["ok"] for part in ("worker", "schedule", "clock")] == [True, True, True]

    def test_a_price(self) -> None:
        with time_machine.travel(NOON + HOUR, tick=False):
            the_catalogue()
            prices_poll(SimulatedFeed())
        with time_machine.travel(NOON, tick=False):
            feed = readyz("feed")
        assert (feed["ok"], feed["newest_price_seconds"]) == (False, -3600.0)

    def test_an_event(self) -> None:
        with time_machine.travel(NOON + HOUR, tick=False):
            happen("alice", 1)
        with time_machine.travel(NOON, tick=False):
            assert readyz("outbox") == {"ok": False, "waiting": 1, "oldest_seconds": -3600.0, "given_up": 0}

    def test_what_the_trigger_engine_has_seen(self, store: Store) -> None:
        with time_machine.travel(NOON, tick=False):
            an_asset("bitcoin", price="80000", at=NOON)
            later = clock.to_milliseconds(NOON + HOUR)
            store.put(TRIGGER_SERIES, {"series_id": "bitcoin", "last_at": later - 1, "seq": 1})
            store.update(ASSETS, {"asset_id": "bitcoin"}, Update(set={"price_at": clock.to_text(NOON + HOUR)}))
            assert readyz("triggers")["ok"] is False


def a_day(folder: Path, *moments: datetime) -> None:
    """A file of bitcoin's prices at these moments."""
    lines = (f"{clock.to_text(at)},100,100,100,100,1" for at in moments)
    a_file(folder, "day.csv", "timestamp,open,high,low,close,volume", *lines)


class TestTheFeed:
    def test_a_finished_replay_owes_nothing(self, settings: Settings, tmp_path: Path) -> None:
        a_day(tmp_path, NOON, NOON + HOUR)
        settings.MARKET_FEED = [f"replay:{tmp_path}/day.csv?asset=bitcoin&speed=max"]
        an_asset("bitcoin")
        with time_machine.travel(NOON, tick=False) as machine:
            assert readyz("feed")["ok"] is False
            prices_poll()
            machine.shift(HOUR)
            feed = readyz("feed")
            assert (feed["ok"], feed["stale"], feed["newest_price_seconds"]) == (True, 1, 3600.0)

    def test_a_replay_that_stands_before_its_end_owes_the_rest(self, settings: Settings, tmp_path: Path) -> None:
        a_day(tmp_path, *(NOON + timedelta(seconds=each) for each in range(3)))
        settings.MARKET_FEED = [f"replay:{tmp_path}/day.csv?asset=bitcoin&speed=1"]
        an_asset("bitcoin")
        with time_machine.travel(NOON, tick=False) as machine:
            prices_poll()
            assert readyz("feed")["ok"] is True
            machine.shift(HOUR)
            assert readyz("feed")["ok"] is False

    def test_a_gap_in_a_replay_such_as_a_closed_market_owes_nothing(self, settings: Settings, tmp_path: Path) -> None:
        a_day(tmp_path, NOON, NOON + 10 * HOUR)
        settings.MARKET_FEED = [f"replay:{tmp_path}/day.csv?asset=bitcoin&speed=1"]
        an_asset("bitcoin")
        with time_machine.travel(NOON, tick=False) as machine:
            prices_poll()
            machine.shift(9 * HOUR)
            assert readyz("feed")["ok"] is True
            machine.shift(2 * HOUR)
            assert readyz("feed")["ok"] is False

    def test_a_feed_that_delivers_nothing_shows_beside_one_that_does(self, settings: Settings, tmp_path: Path) -> None:
        a_day(tmp_path, NOON)
        settings.MARKET_FEED = [f"replay:{tmp_path}/day.csv?asset=bitcoin&speed=1", "simulated"]
        an_asset("bitcoin")
        an_asset("ethereum")
        with time_machine.travel(NOON, tick=False):
            prices_poll(FeedChain((Ethereum(),)))
            feed = readyz("feed")
        assert (feed["ok"], feed["silent"]) == (False, ["replay:day.csv"])


class TestPolls:
    @pytest.fixture(autouse=True)
    def named(self, settings: Settings) -> None:
        settings.MARKET_FEED = ["simulated"]

    def test_a_feed_that_keeps_failing_shows_until_it_answers(self) -> None:
        the_catalogue()
        with time_machine.travel(NOON, tick=False) as machine:
            for failed in range(1, 5):
                prices_poll(Failing())
                machine.shift(6)
                polls = readyz("polls")
                assert polls["ok"] is (failed < 3)
            assert polls["failing"]["simulated"] == {"seconds": 24.0, "reason": "no answer"}
            prices_poll(SimulatedFeed())
            machine.shift(6)
            assert readyz("polls") == {"ok": True, "failing": {}}

    def test_failures_long_ago_do_not_count(self) -> None:
        the_catalogue()
        with time_machine.travel(NOON, tick=False) as machine:
            for _ in range(3):
                prices_poll(Failing())
            machine.shift(600)
            prices_poll(Failing())
            assert readyz("polls")["ok"] is True

    def test_a_poll_that_breaks_shows_whatever_the_feed(self) -> None:
        the_catalogue()
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                prices_poll(Broken())
        polls = readyz("polls")
        assert (polls["ok"], list(polls["failing"])) == (False, ["polls"])


class TestStrangers:
    def test_a_stranger_sees_the_parts_alone(self) -> None:
        parts = Client().get("/readyz").json()
        assert parts.pop("status") == "degraded"
        assert {"store", "feed", "polls", "clock"} <= set(parts)
        assert all(set(part) == {"ok"} for part in parts.values())

    def test_behind_a_proxy_one_is_a_stranger(self) -> None:
        parts = LOCAL.get("/readyz", headers={"X-Forwarded-For": "127.0.0.1"}).json()
        assert set(parts["outbox"]) == {"ok"}

    def test_with_a_token_one_sends_it(self, settings: Settings) -> None:
        settings.METRICS_TOKEN = "x" * 32
        assert set(LOCAL.get("/readyz").json()["outbox"]) == {"ok"}
        sent = {"Authorization": f"Bearer {'x' * 32}"}
        assert "waiting" in Client().get("/readyz", headers=sent).json()["outbox"]


class Failing(SimulatedFeed):
    """A feed that does not answer."""

    def ticks(self, assets: object, now: datetime) -> list[Tick]:
        raise FeedFailed("no answer")


class Broken(SimulatedFeed):
    """A feed with a fault of its own."""

    def ticks(self, assets: object, now: datetime) -> list[Tick]:
        raise ZeroDivisionError


class Ethereum(SimulatedFeed):
    """Prices of one asset alone."""

    def covers(self, asset_id: str) -> bool:
        return asset_id == "ethereum"
