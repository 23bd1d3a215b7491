"""Nudges: dropped when nobody has taken them for a minute, so that a worker that comes back is not buried in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery.signals import before_task_publish
from django.conf import LazySettings

from alerts.services import nudging
from core import clock, nudges, outbox
from cryptopulse.celery import app
from market import triggers


@pytest.mark.parametrize(
    "nudge",
    [lambda: outbox.nudge("alice"), nudging.nudge, lambda: triggers.nudge(["bitcoin"])],
    ids=["outbox", "deliveries", "triggers"],
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
