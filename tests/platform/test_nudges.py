"""Nudges: dropped when nobody has taken them for a minute, so that a worker that comes back is not buried in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import Celery
from celery.signals import before_task_publish
from django.conf import LazySettings

from alerts.services import nudging
from budgets.services.imports import nudging as imports
from core import clock, nudges, outbox
from core.ids import new_id
from cryptopulse.celery import app
from market import triggers
from tests.platform.processes import free_port


@pytest.mark.parametrize(
    "nudge",
    [
        lambda: outbox.nudge("alice"),
        nudging.nudge,
        lambda: triggers.nudge(["bitcoin"]),
        lambda: imports.nudge("alice", new_id()),
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
    left = datetime.fromisoformat(expires) - clock.now()
    assert timedelta(0) < left <= timedelta(seconds=nudges.KEPT)


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
