"""The worker's entries: a nudge for one import, and the schedule's look for those whose nudge was lost."""

from __future__ import annotations

import logging
import time
from datetime import timedelta

from celery import shared_task

from budgets.repositories.imports import import_from_item, worked_query
from budgets.services.imports import working
from core import clock, nudges
from core.storage import Key, journey, store

WORKED_AT_A_TIME = 5.0
"""Seconds after which a task hands what is left to a new one, so that what else is queued gets its turn."""
SILENT = timedelta(seconds=10)
"""After so long without a step nobody is at an import any more."""
LOOKED_AT = 10
LOOKED_FOR = 50.0
"""Seconds after which the rest is left to the next look."""

logger = logging.getLogger(__name__)


def nudge(username: str, import_id: str) -> None:
    """Ask a worker to go on with an import. Call it after the transaction that says there is something to do."""
    nudges.send(import_work, username, import_id)


@shared_task(name="budgets.tasks.import_work")
def import_work(username: str, import_id: str) -> None:
    """Go on with one import for some seconds, and ask for more where it is not done."""
    if working.work(username, import_id, WORKED_AT_A_TIME):
        nudge(username, import_id)


@shared_task(name="budgets.tasks.work_imports")
def work_imports() -> None:
    """Go on with the imports at which nobody is, for a minute or so; 1 request where there is none.

    Those that cannot be worked, say of accounts that are being closed, take no time and are passed over.
    """
    ends = time.monotonic() + LOOKED_FOR
    before = clock.now() - SILENT
    cursor: Key | None = None
    while True:
        with journey("work_imports"):
            page = store().query(worked_query(before, limit=LOOKED_AT, cursor=cursor))
        for item in page.items:
            found = import_from_item(item)
            try:
                import_work(found.username, found.import_id)
            except Exception:
                # One that cannot be worked must not keep the others waiting.
                logger.exception("the import %s cannot be worked", found.import_id)
        cursor = page.cursor
        if cursor is None or time.monotonic() > ends:
            return
