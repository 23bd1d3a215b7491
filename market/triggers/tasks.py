"""Celery entries of the trigger engine."""

import logging
import time
from collections import deque
from collections.abc import Iterable

from celery import shared_task

from core import nudges
from core.periodic import Periodic
from market.triggers.engine import look
from market.triggers.selectors import assets_due

logger = logging.getLogger(__name__)


@shared_task
def look_at(asset_ids: list[str]) -> None:
    """Look at some assets."""
    _look_in_turn(asset_ids)


@shared_task
def sweep() -> None:
    """Look at every asset with prices that no look has taken in, or moves to look at again."""
    _look_in_turn(assets_due())


def _look_in_turn(asset_ids: Iterable[str]) -> None:
    """One look at each asset, and another round for those that need more, until none does.

    So an asset on which thousands of alerts fire delays the others by one look at a time. An asset whose look fails is
    logged, and found by the next sweep.
    """
    waiting = deque(asset_ids)

    def work(ends: float) -> list[list[str]] | None:
        while waiting:
            asset_id = waiting.popleft()
            try:
                if look(asset_id).has_more:
                    waiting.append(asset_id)
            except Exception:
                logger.exception("the look at %s failed", asset_id)
            if waiting and time.monotonic() > ends:
                return [list(waiting)]
        return None

    nudges.work_a_while("market.triggers.tasks.look_at", work)


SCHEDULE = (Periodic("look at every series with armed levels", "market.triggers.tasks.sweep", 5),)
