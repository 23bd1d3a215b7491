"""The nudge: asks a worker to look at a shard that has something to do."""

from __future__ import annotations

import time

from celery import shared_task

from core import nudges
from core.events import shard_of
from core.outbox.dispatcher import dispatch

WORKED_AT_A_TIME = 5.0
"""Seconds after which a task hands what is left to a new one, so that what else is queued gets its turn."""


def nudge(username: str) -> None:
    """Ask a worker to handle this user's events now. Call it after the transaction that wrote them.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    nudges.send(outbox_dispatch, shard_of(username))


@shared_task(name="core.tasks.outbox_dispatch")
def outbox_dispatch(shard: str) -> None:
    """Handle what waits in one shard, for some seconds; what is left after them is asked for again."""
    ends = time.monotonic() + WORKED_AT_A_TIME
    dispatch(shard, ends=ends)
    if time.monotonic() >= ends:
        nudges.send(outbox_dispatch, shard)
