"""What machines that watch the site are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from core.storage import measured
from tests.alerts.builders import an_alert, prices_move
from tests.builders import a_user
from tests.platform.events import give_up, happen


def test_healthz_asks_the_store_for_nothing(client: Client) -> None:
    with measured() as usage:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})
    assert usage.requests == 0


def test_readyz_tells_the_state_of_every_part(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "store", "outbox", "feed", "deliveries"}
    assert answer.json()["store"]["ok"] is True
    assert answer.json()["outbox"] == {"ok": True, "waiting": 0, "oldest_seconds": 0, "given_up": 0}


def test_readyz_counts_what_waits(client: Client) -> None:
    happen("alice", 1, 2)
    happen("bob", 3)
    assert client.get("/readyz").json()["outbox"]["waiting"] == 3


def test_an_event_that_was_given_up_degrades_the_site(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as clock:
        give_up("alice", clock)
        answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["status"] == "degraded"
    assert answer.json()["outbox"] == {"ok": False, "waiting": 0, "oldest_seconds": 0, "given_up": 1}


def test_an_event_that_waits_too_long_degrades_the_site(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as clock:
        happen("alice", 1)
        clock.shift(timedelta(seconds=61))
        answer = client.get("/readyz")
    assert answer.json()["outbox"] == {"ok": False, "waiting": 1, "oldest_seconds": 61.0, "given_up": 0}


def test_a_degraded_feed_is_named(client: Client) -> None:
    assert client.get("/readyz").json()["feed"] == {"ok": False, "newest_price_seconds": None, "assets": 0, "stale": 0}


def test_messages_that_do_not_go_out_degrade_the_site(client: Client) -> None:
    with time_machine.travel(datetime(2026, 11, 20, 12, tzinfo=UTC), tick=False) as clock:
        an_alert(a_user("alice"))
        assert prices_move("111") == 1
        assert client.get("/readyz").json()["deliveries"] == {"ok": True, "due": 1, "oldest_seconds": 0.0}
        clock.shift(timedelta(seconds=61))
        assert client.get("/readyz").json()["deliveries"]["ok"] is False


@pytest.mark.usefixtures("store_out_of_reach")
def test_without_its_store_the_site_is_not_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["status"] == "unavailable"
    assert answer.json()["store"]["ok"] is False
    assert set(answer.json()) == {"status", "store"}


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/readyz").status_code == 405
