"""How every write of an alert is committed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from core import writing
from core.errors import Refused
from core.retry import LostRace
from core.storage import TransactionCancelled, Write
from core.usage.room import LABEL as USAGE


def commit(writes: Sequence[Write], also: Sequence[Write] = ()) -> None:
    """All the writes and the caller's, or none.

    Raises Refused with alert_quota or row_quota, NotFound where the account is closed, LostRace when a row changed
    since it was read, and TransactionCancelled when one of the caller's writes failed.
    """
    try:
        writing.commit(writes, also)
    except LostRace as lost:
        cause = lost.__cause__
        if isinstance(cause, TransactionCancelled) and cause.failed("quota") and {*cause.labels} <= {"quota", USAGE}:
            raise Refused(
                "alert_quota",
                f"You have {settings.ALERTS_PER_USER} alerts, which is the most. Delete one to make room.",
            ) from lost
        raise
