"""Working imports that are confirmed or to be undone, step by step."""

from __future__ import annotations

import time

from budgets.domain.importing.record import Import, Status
from budgets.domain.importing.rows import Row
from budgets.selectors.imports import import_get, import_rows
from budgets.services.imports import adding, removing
from budgets.services.imports.slicing import FEW_WRITES, MOST_WRITES, Slice, next_slice
from core.accounts.domain import User
from core.accounts.selectors import find_user
from core.errors import InvalidInput, NotFound, Refused
from core.storage import InvalidOperation, TransactionCancelled, journey


def work(username: str, import_id: str, seconds: float | None = None) -> bool:
    """Do all that is left of an import, or one step and as many more as begin within so many seconds.

    Whether there is more to do. Safe to repeat and to run twice at once: each step is one transaction with the
    progress, and who finds another at it leaves it to that one. 3 requests to begin with, and 2 for each step of up to
    44 rows; 3 for one that takes away.
    """
    ends = None if seconds is None else time.monotonic() + seconds
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
            part = next_slice(
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
                self._import = adding.stop(self._user, self._import, error)
                return
            except removing.ChangedMeanwhile:
                return  # the next step tries again, while there is time
            else:
                return

    def _done(self, part: Slice) -> Import:
        if self._import.status is Status.RUNNING:
            return adding.add(self._user, self._import, part) if part.rows else adding.finish(self._user, self._import)
        return removing.remove(self._user, self._import, part) if part.rows else removing.end(self._import)
