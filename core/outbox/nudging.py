"""The nudge: tells a worker that a shard has something to do."""

from __future__ import annotations

from celery import shared_task

from core import nudges
from core.events import shard_of
from core.outbox.dispatcher import dispatch


def nudge(username: str) -> None:
    """Ask a worker to handle this user's events now. Call it after the transaction that wrote them.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    nudges.send(outbox_dispatch, shard_of(username))


@shared_task(name="core.tasks.outbox_dispatch")
def outbox_dispatch(shard: str) -> None:
    """Handle what waits in one shard."""
    dispatch(shard)
