"""Celery entries of the trigger engine, and the nudge that queues them."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable, Sequence

from celery import shared_task

from core import nudges
from core.periodic import Periodic
from market.triggers.engine import look
from market.triggers.sweeping import assets_due

WORKED_AT_A_TIME = 5
"""Seconds after which a task hands what is left to a new one, so that what else is queued gets its turn."""

logger = logging.getLogger(__name__)


def nudge(asset_ids: Sequence[str]) -> None:
    """Ask a worker to look at these assets now, because ticks of theirs were written.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    nudges.send(look_at, list(asset_ids))


@shared_task
def look_at(asset_ids: list[str]) -> None:
    """Look at some assets."""
    _look_in_turn(asset_ids)


@shared_task
def sweep() -> None:
    """Look at every asset that has prices the engine has not taken in, or moves that it must look at again."""
    _look_in_turn(assets_due())


def _look_in_turn(asset_ids: Iterable[str]) -> None:
    """One look at each asset, and another round for those that need more, until none does.

    So an asset on which thousands of alerts fire keeps the others waiting for one look of its own at a time. One that
    cannot be looked at is logged, and found by the next sweep.
    """
    ends = time.monotonic() + WORKED_AT_A_TIME
    waiting = deque(asset_ids)
    while waiting:
        asset_id = waiting.popleft()
        try:
            if look(asset_id).has_more:
                waiting.append(asset_id)
        except Exception:
            logger.exception("the look at %s failed", asset_id)
        if waiting and time.monotonic() > ends:
            nudge(list(waiting))
            return


SCHEDULE = (Periodic("look at every series with armed levels", "market.triggers.tasks.sweep", 5),)
