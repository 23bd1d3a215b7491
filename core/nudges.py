"""Nudges ask a worker to look soon: there is something to do. What it is, is in the store.

Of each nudge, that is a task with its arguments, one is on its way at a time, for all that was written before a worker
begins with it. So a user who writes a thousand times a minute sends no more of them than the workers keep up with.
"""

import hashlib
import json
import logging
import time
from collections.abc import Callable, Sequence
from typing import Any

from celery import Task
from django.conf import settings
from django.core.cache import cache
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

KEPT = 60
"""Seconds after which a nudge that no worker has taken is dropped: the schedule has long done what it asked for."""
LOST_AFTER = 5
"""Seconds after which a nudge that no worker has begun may be sent again; the schedule looks as often."""
WORKED_AT_A_TIME = 5.0
"""Seconds after which a task hands what is left to a new one, so that what else is queued gets its turn."""
AWAY = 5.0
"""Seconds for which a broker that took no nudge is not asked again, so that not every request waits for it."""

logger = logging.getLogger(__name__)


class _Broker:
    """When the broker may be asked again; of this process."""

    away_until = 0.0


def send(task: Task[..., None] | str, *arguments: Any) -> None:
    """Ask a worker to run the task. Call it after the transaction that wrote what there is to do.

    task: its dotted path, so that services need not import the tasks that call them; or the task itself.
    Nothing is sent while the same nudge is on its way. Never fails: the schedule finds what a lost nudge was for.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    if time.monotonic() < _Broker.away_until:
        return
    key = _key(task if isinstance(task, str) else task.name, arguments)
    if not cache.add(key, 1, LOST_AFTER):
        return
    task = import_string(task) if isinstance(task, str) else task
    try:
        task.apply_async(arguments, expires=KEPT)
    except (OperationalError, RedisError, OSError) as error:
        _Broker.away_until = time.monotonic() + AWAY
        cache.delete(key)
        logger.warning("a nudge was lost, the schedule will do what it asked for: %s", error)


def work_a_while(task: str, work: Callable[[float], Sequence[Any] | None]) -> None:
    """Work for some seconds, and hand what is left to a new task, so that what else is queued gets its turn.

    work: gets the end on the monotonic clock, and returns the arguments of the task that goes on; None for all done.
    """
    left = work(time.monotonic() + WORKED_AT_A_TIME)
    if left is not None:
        send(task, *left)


def begun(task_name: str, arguments: Sequence[Any]) -> None:
    """Note that a worker begins with the task: what is written from now on needs a nudge of its own."""
    cache.delete(_key(task_name, arguments))


def _key(task_name: str, arguments: Sequence[Any]) -> str:
    text = json.dumps([task_name, *arguments])
    return f"nudge#{hashlib.sha256(text.encode()).hexdigest()}"
