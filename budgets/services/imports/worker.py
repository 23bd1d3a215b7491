"""Working imports that are confirmed or to be undone, step by step."""

import logging
import time
from datetime import timedelta

from budgets.domain.importing.batches import FEW_WRITES, MOST_WRITES, Batch, next_batch
from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import Row
from budgets.repositories.imports import import_from_item, worked_query
from budgets.selectors.imports import import_get, import_rows
from budgets.services.imports import steps
from core import clock, nudges
from core.accounts.domain import User
from core.accounts.selectors import find_user
from core.errors import InvalidInput, NotFound, Refused
from core.reading import pages
from core.storage import InvalidOperation, TransactionCancelled, journey

SILENT = timedelta(seconds=10)
"""After this long without a step no worker is at an import any more."""
LOOKED_AT = 10
LOOKED_FOR = 50.0
"""Seconds after which the rest is left to the next look."""

WORK_TASK = "budgets.tasks.import_work"

logger = logging.getLogger(__name__)


def nudge(username: str, import_id: str) -> None:
    """Ask a worker to go on with an import. Call it after the transaction that says there is something to do."""
    nudges.send(WORK_TASK, username, import_id)


def work(username: str, import_id: str, ends: float | None = None) -> bool:
    """Do all that is left of an import, or one step and as many more as begin until the monotonic clock says `ends`.

    Whether there is more to do. Safe to repeat and to run twice at once: each step is one transaction with the
    progress, and a worker that finds another at it leaves it to that one. 3 requests to begin with, and 2 for each step
    of up to 44 rows; 3 for one that removes.
    """
    with journey("import_work"):
        user = find_user(username, consistent=False)
        if user is None:
            return False
        try:
            return _Work(user, import_get(username, import_id)).go_on(ends)
        except NotFound:  # the account is being closed
            return False
        except TransactionCancelled as error:
            if error.failed("import"):
                return False
            raise


def work_for_a_while(username: str, import_id: str) -> None:
    """Go on with one import for some seconds; a new task has what is left."""

    def begun(ends: float) -> tuple[str, str] | None:
        return (username, import_id) if work(username, import_id, ends) else None

    nudges.work_a_while(WORK_TASK, begun)


def work_imports() -> None:
    """Go on with the imports that no worker is at, for a minute or so; 1 request where there is none.

    Those that cannot be worked, say of accounts that are being closed, take no time and are passed over.
    """
    ends = time.monotonic() + LOOKED_FOR
    waiting = pages(worked_query(clock.now() - SILENT, limit=LOOKED_AT))
    while time.monotonic() <= ends:
        with journey("work_imports"):
            page = next(waiting, None)
        if page is None:
            return
        for found in map(import_from_item, page.items):
            try:
                work_for_a_while(found.username, found.import_id)
            except Exception:
                # One that cannot be worked must not keep the others waiting.
                logger.exception("the import %s cannot be worked", found.import_id)


class _Work:
    """The work on one import, while it has an end before the time is over."""

    def __init__(self, user: User, found: Import) -> None:
        self._user = user
        self._import = found
        self._rows: list[Row] = (import_rows(found) or []) if found.status.is_worked else []
        self._most_writes = MOST_WRITES

    def go_on(self, ends: float | None) -> bool:
        """Whether there is more to do."""
        while self._import.status.is_worked:
            self._step()
            if ends is not None and time.monotonic() > ends:
                return self._import.status.is_worked
        return False

    def _step(self) -> None:
        most_rows = len(self._rows)
        while True:
            part = next_batch(
                self._rows,
                self._import.position,
                self._import.choices.takes,
                most_writes=self._most_writes,
                most_rows=most_rows,
            )
            try:
                self._import = self._done(part)
            except InvalidOperation:
                if self._most_writes == FEW_WRITES:
                    raise
                self._most_writes = FEW_WRITES
            except InvalidInput:
                most_rows = len(part.rows) // 2  # until the row that is refused is alone
            except Refused as error:
                self._import = steps.stop(self._user, self._import, error)
                return
            else:
                return

    def _done(self, part: Batch) -> Import:
        if not part.rows:
            return steps.finish(self._user, self._import)
        step = steps.add if self._import.status is Status.RUNNING else steps.remove
        return step(self._user, self._import, part)
