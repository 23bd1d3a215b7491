"""Celery entries of the trigger engine, and the nudge that queues them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from celery import shared_task
from django.conf import settings
from kombu.exceptions import OperationalError

from market.triggers.engine import catch_up
from market.triggers.sweeping import assets_due

logger = logging.getLogger(__name__)


def nudge(asset_ids: Sequence[str]) -> None:
    """Ask a worker to look at these assets now, because ticks of theirs were written.

    Never fails: the sweep finds what a lost nudge leaves behind.
    """
    if settings.CELERY_TASK_ALWAYS_EAGER and not settings.WORK_AT_ONCE:
        return
    try:
        look_at.delay(list(asset_ids))
    except OperationalError as error:
        logger.warning("a nudge was lost, the sweep will see to it: %s", error)


@shared_task
def look_at(asset_ids: list[str]) -> None:
    """Look at some assets."""
    for asset_id in asset_ids:
        catch_up(asset_id)


@shared_task
def sweep() -> None:
    """Look at every asset that has prices the engine has not taken in, or moves that it must look at again."""
    for asset_id in assets_due():
        catch_up(asset_id)
