"""Celery entries of core: each calls one function and is safe to run twice."""

import time

from celery import shared_task

from core import clock, nudges, outbox
from core.heartbeat import HEART
from core.periodic import Periodic
from core.storage import administration


@shared_task
def outbox_dispatch(shard: str) -> None:
    """Handle what waits in one shard, for some seconds; the rest is left to a new task."""

    def work(ends: float) -> tuple[str] | None:
        outbox.dispatch(shard, ends=ends)
        return (shard,) if time.monotonic() >= ends else None

    nudges.work_a_while("core.tasks.outbox_dispatch", work)


@shared_task
def outbox_sweep() -> None:
    """Handle what waits in any shard of the outbox. Only the schedule sends it, as its sign of life."""
    HEART.schedule_seen()
    outbox.sweep(ends=time.monotonic() + nudges.WORKED_AT_A_TIME)


@shared_task
def purge_expired() -> None:
    """Delete expired rows, where the store does not do so by itself."""
    administration().purge_expired(clock.now())


SCHEDULE = (
    Periodic("handle events whose nudge was lost", "core.tasks.outbox_sweep", 5),
    Periodic("drop expired rows", "core.tasks.purge_expired", 600),
)
