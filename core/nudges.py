"""Nudges: they tell a worker that there is something to do. What there is stands in the store."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import Task
from django.conf import settings
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

KEPT = 60
"""Seconds after which a nudge that no worker has taken is dropped: the schedule has long seen to what it was about."""
AWAY = 5.0
"""Seconds for which a broker that took no nudge is not asked again, so that requests do not wait for it each."""

logger = logging.getLogger(__name__)


class _Broker:
    """When the broker may be asked again; of this process."""

    away_until = 0.0


def send(task: Task[..., None], *arguments: Any) -> None:
    """Ask a worker to run the task. Call it after the transaction that wrote what there is to do.

    Never fails: the schedule finds what a lost nudge leaves behind.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    if time.monotonic() < _Broker.away_until:
        return
    try:
        task.apply_async(arguments, expires=KEPT)
    except (OperationalError, RedisError, OSError) as error:
        _Broker.away_until = time.monotonic() + AWAY
        logger.warning("a nudge was lost, the schedule will see to it: %s", error)
