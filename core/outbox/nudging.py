"""The nudge: tells a worker that a shard has something to do."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from core.events import shard_of
from core.outbox.dispatcher import dispatch

logger = logging.getLogger(__name__)


def nudge(username: str) -> None:
    """Ask a worker to handle this user's events now. Call it after the transaction that wrote them.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    try:
        outbox_dispatch.delay(shard_of(username))
    except OperationalError as error:
        logger.warning("a nudge was lost, the sweep will see to it: %s", error)


@shared_task(name="core.tasks.outbox_dispatch")
def outbox_dispatch(shard: str) -> None:
    """Handle what waits in one shard."""
    dispatch(shard)
