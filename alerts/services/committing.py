"""What every write of an alert does alike: check the client's id, and commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from core import clock, ids
from core.errors import InvalidInput, NotFound, Refused
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store

MALFORMED = "Give a UUIDv7 in lower-case text."
FAR_AWAY = "This id is too old or too far ahead. Make a new one and send again."


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


def now() -> datetime:
    """Wall time, as exact as the store keeps it."""
    return clock.from_milliseconds(clock.to_milliseconds(clock.now()))


def check_id_form(identifier: str, field: str = "alert_id") -> None:
    """Raises InvalidInput when it is no UUIDv7 text, of whatever time."""
    try:
        ids.id_time(identifier)
    except ValueError as error:
        raise InvalidInput({field: [MALFORMED]}) from error


def check_id_is_fresh(identifier: str, field: str = "alert_id") -> None:
    """Raises InvalidInput when something new may not carry this id: its time is more than 24 h away."""
    try:
        ids.checked_id(identifier)
    except ValueError as error:
        raise InvalidInput({field: [FAR_AWAY]}) from error
