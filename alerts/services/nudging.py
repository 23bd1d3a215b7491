"""The nudge: tells a worker that there is something to send."""

from __future__ import annotations

import threading

from celery import shared_task

from alerts.services import deliveries
from core import nudges

WORKED_AT_A_TIME = 5
"""Seconds after which a task hands what is left to a new one, so that what else is queued gets its turn."""

_is_asked = threading.Event()
_at_work = threading.Lock()


def nudge() -> None:
    """Ask a worker to send what is due. Call it after the transaction that wrote it.

    Never fails: beat finds what a lost nudge leaves behind.
    """
    nudges.send(deliver_due)


@shared_task(name="alerts.tasks.deliver_due")
def deliver_due() -> None:
    """Send what is due, in one thread of a process at a time: a slow mail server must not hold them all.

    Who finds another at it leaves a mark, by which the other looks once more before it ends.
    """
    _is_asked.set()
    while _is_asked.is_set() and _at_work.acquire(blocking=False):
        try:
            _is_asked.clear()
            done = deliveries.deliver_due(WORKED_AT_A_TIME)
        finally:
            _at_work.release()
        if done.has_more:
            nudge()
            return
