"""Celery entries of the alerts: each is safe to run twice."""

import threading
import time

from celery import shared_task

from alerts import services
from core import nudges
from core.periodic import Periodic

_is_asked = threading.Event()
_at_work = threading.Lock()


@shared_task
def deliver_due() -> None:
    """Send what is due, in one thread of a process at a time: a slow mail server must not hold them all.

    A thread that finds another at work leaves a mark, so that the other looks once more before it ends.
    """
    nudges.work_a_while("alerts.tasks.deliver_due", _deliver)


def _deliver(ends: float) -> tuple[()] | None:
    _is_asked.set()
    while _is_asked.is_set() and _at_work.acquire(blocking=False):
        try:
            _is_asked.clear()
            done = services.deliver_due(max(ends - time.monotonic(), 0))
        finally:
            _at_work.release()
        if done.has_more:
            return ()
    return None


SCHEDULE = (Periodic("send what is due", "alerts.tasks.deliver_due", 5),)
