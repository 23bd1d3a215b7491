"""Optimistic work: read, decide, write under a condition, and start again when another request was faster."""

from collections.abc import Callable
from typing import TypeVar

from core import idempotency
from core.storage.errors import StoreUnavailable, TransactionCancelled
from core.storage.retries import Backoff

T = TypeVar("T")


class LostRace(Exception):
    """What was read has changed before it could be written; nothing was written."""


def optimistic(work: Callable[[], T]) -> T:
    """What `work` returns, called again from its start each time it raises LostRace.

    Waits with full jitter between tries. Raises StoreUnavailable when settings.STORE_RETRY_SECONDS are used up:
    nothing was written, and the same request may be repeated. A race lost to an earlier request with the same
    Idempotency-Key is not run again: its TransactionCancelled is raised as it came.
    """
    backoff = Backoff()
    while True:
        try:
            return work()
        except LostRace as error:
            cause = error.__cause__ or error.__context__
            if isinstance(cause, TransactionCancelled) and cause.failed(idempotency.LABEL):
                raise cause from None
            if not backoff.wait():
                raise StoreUnavailable("other requests were faster every time; nothing was written") from error
