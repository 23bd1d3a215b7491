"""Celery entries of the project: each calls one function and is safe to run twice."""

from celery import shared_task

from core import clock
from core.periodic import Periodic
from cryptopulse import sample


@shared_task
def wipe_old_samples() -> None:
    """Delete sample users that were left behind."""
    sample.wipe_old(clock.now())


SCHEDULE = (Periodic("drop samples left behind", "cryptopulse.tasks.wipe_old_samples", 3600),)
