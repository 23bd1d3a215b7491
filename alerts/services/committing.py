"""How every write of an alert is committed."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from core.errors import NotFound, Refused
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store


def commit(writes: Sequence[Write], also: Sequence[Write] = ()) -> None:
    """All the writes and the caller's, or none.

    Raises Refused with alert_quota, NotFound where the account is closed, LostRace when a row changed since it was
    read, and TransactionCancelled when one of the caller's writes failed.
    """
    try:
        store().transact_write([*writes, *also])
    except TransactionCancelled as error:
        if any(reason.failed for reason in error.reasons[len(writes) :]):
            raise
        if error.failed("account"):
            raise NotFound("An open account of this name") from error
        if error.labels == ("quota",):
            raise Refused(
                "alert_quota",
                f"You have {settings.ALERTS_PER_USER} alerts, which is the most. Delete one to make room.",
            ) from error
        raise LostRace from error
