"""The nudge: tells a worker that there is something to send."""

from __future__ import annotations

import logging

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from alerts.services import deliveries

logger = logging.getLogger(__name__)


def nudge() -> None:
    """Ask a worker to send what is due. Call it after the transaction that wrote it.

    Never fails: beat finds what a lost nudge leaves behind.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    try:
        deliver_due.delay()
    except OperationalError as error:
        logger.warning("a nudge was lost, the next beat will see to it: %s", error)


@shared_task(name="alerts.tasks.deliver_due")
def deliver_due() -> None:
    """Send what is due."""
    deliveries.deliver_due()
