"""The nudge: tells a worker that there is something to send."""

from __future__ import annotations

from celery import shared_task

from alerts.services import deliveries
from core import nudges


def nudge() -> None:
    """Ask a worker to send what is due. Call it after the transaction that wrote it.

    Never fails: beat finds what a lost nudge leaves behind.
    """
    nudges.send(deliver_due)


@shared_task(name="alerts.tasks.deliver_due")
def deliver_due() -> None:
    """Send what is due."""
    deliveries.deliver_due()
