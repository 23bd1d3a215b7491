"""Nudges: dropped when nobody has taken them for a minute, so that a worker that comes back is not buried in them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from celery import Celery
from celery.signals import before_task_publish
from django.conf import LazySettings
from django.core.cache import cache

from alerts.services import nudge as nudge_deliveries
from budgets.services.imports.worker import nudge as nudge_import
from core import clock, nudges, outbox, periodic
from core.events import SHARDS, shard_of
from core.ids import new_id
from core.tasks import outbox_dispatch
from cryptopulse.celery import app, begin_task, end_task
from market.triggers import engine
from tests.ports import free_port


@pytest.mark.parametrize(
    "nudge",
    [
        lambda: outbox.nudge("alice"),
        nudge_deliveries,
        lambda: engine.nudge(["bitcoin"]),
        lambda: nudge_import("alice", new_id()),
    ],
    ids=["outbox", "deliveries", "triggers", "imports"],
)
def test_a_nudge_is_kept_for_a_minute(nudge: Callable[[], None], settings: LazySettings) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    sent: list[Any] = []

    def note(headers: dict[str, Any], **_signal: Any) -> None:
        sent.append(headers["expires"])

    before_task_publish.connect(note)
    app.conf.task_always_eager = False
    try:
        nudge()
    finally:
        app.conf.task_always_eager = True
        before_task_publish.disconnect(note)
    (expires,) = sent
    left = datetime.fromisoformat(expires) - datetime.now(UTC)  # `clock.now()` is cut to the millisecond
    assert timedelta(0) < left <= timedelta(seconds=nudges.KEPT)


class TestOneAtATime:
    @pytest.fixture
    def sent(self, settings: LazySettings) -> Iterator[list[tuple[str, Any]]]:
        """Task and arguments of what is sent."""
        settings.CELERY_TASK_ALWAYS_EAGER = False
        cache.clear()
        messages: list[tuple[str, Any]] = []

        def note(sender: str, body: Any, **_signal: Any) -> None:
            messages.append((sender, body[0]))

        before_task_publish.connect(note)
        app.conf.task_always_eager = False
        yield messages
        app.conf.task_always_eager = True
        before_task_publish.disconnect(note)
        cache.clear()

    def test_a_nudge_that_is_on_its_way_is_not_sent_again(self, sent: list[Any]) -> None:
        for _ in range(1000):
            outbox.nudge("alice")
        assert sent == [("core.tasks.outbox_dispatch", (shard_of("alice"),))]

    def test_each_shard_each_task_and_each_import_has_its_own(self, sent: list[Any]) -> None:
        users = [f"user{number}" for number in range(100)]
        for _ in range(2):
            for user in users:
                outbox.nudge(user)
            nudge_deliveries()
            engine.nudge(["bitcoin"])
            engine.nudge(["bitcoin", "ethereum"])
            nudge_import("alice", "1")
            nudge_import("alice", "2")
        assert len(sent) == SHARDS + 5

    def test_once_a_worker_has_begun_what_comes_after_is_nudged_again(self, sent: list[Any]) -> None:
        outbox.nudge("alice")
        begin_task(task=outbox_dispatch, task_id="task-1", args=[shard_of("alice")])
        end_task(task=outbox_dispatch)
        outbox.nudge("alice")
        outbox.nudge("alice")
        assert len(sent) == 2

    def test_a_lost_one_blocks_no_longer_than_until_the_next_look(self, sent: list[Any]) -> None:
        sweeps = [e["schedule"] for e in periodic.schedule().values() if e["task"] == "core.tasks.outbox_sweep"]
        assert sweeps == [nudges.LOST_AFTER]
        with time_machine.travel(clock.now(), tick=False) as traveller:
            outbox.nudge("alice")
            traveller.shift(nudges.LOST_AFTER - 0.1)
            outbox.nudge("alice")
            assert len(sent) == 1
            traveller.shift(0.2)
            outbox.nudge("alice")
            assert len(sent) == 2


def test_a_broker_that_is_away_is_asked_again_after_a_while_alone(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(nudges._Broker, "away_until", 0.0)
    asked: list[object] = []
    elsewhere = Celery(broker=f"redis://127.0.0.1:{free_port()}/0", set_as_current=False)
    elsewhere.conf.task_publish_retry = False
    elsewhere.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0}

    @elsewhere.task(name="test.nothing")
    def nothing() -> None:
        """Never run."""

    def note(**_signal: Any) -> None:
        asked.append(nothing)

    before_task_publish.connect(note)
    try:
        for _ in range(20):
            nudges.send(nothing)
        assert len(asked) == 1
        monkeypatch.setattr(nudges._Broker, "away_until", 0.0)  # the while is over
        nudges.send(nothing)
        assert len(asked) == 2
    finally:
        before_task_publish.disconnect(note)
        elsewhere.close()
