"""Nudges: they tell a worker that there is something to do. What there is stands in the store."""

from __future__ import annotations

import logging
from typing import Any

from celery import Task
from django.conf import settings
from kombu.exceptions import OperationalError

KEPT = 60
"""Seconds after which a nudge that no worker has taken is dropped: the schedule has long seen to what it was about."""

logger = logging.getLogger(__name__)


def send(task: Task[..., None], *arguments: Any) -> None:
    """Ask a worker to run the task. Call it after the transaction that wrote what there is to do.

    Never fails: the schedule finds what a lost nudge leaves behind.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    try:
        task.apply_async(arguments, expires=KEPT)
    except OperationalError as error:
        logger.warning("a nudge was lost, the schedule will see to it: %s", error)
