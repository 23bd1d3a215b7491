"""What the writes of every app do alike: check the client's id, and commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core import clock, ids
from core.errors import InvalidInput, NotFound
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store


def commit(writes: Sequence[Write], also: Sequence[Write] = ()) -> None:
    """All the writes and the caller's, or none.

    Raises NotFound where the account is closed, LostRace when a row changed since it was read, and
    TransactionCancelled when one of the caller's writes failed.
    """
    try:
        store().transact_write([*writes, *also])
    except TransactionCancelled as error:
        if any(reason.failed for reason in error.reasons[len(writes) :]):
            raise
        if error.failed("account"):
            raise NotFound("An open account of this name") from error
        raise LostRace from error


def now() -> datetime:
    """Wall time, as exact as the store keeps it."""
    return clock.from_milliseconds(clock.to_milliseconds(clock.now()))


def check_id_form(identifier: str, field: str) -> None:
    """Raises InvalidInput when it is no UUIDv7 text, of whatever time."""
    try:
        ids.id_time(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["Give a UUIDv7 in lower-case text."]}) from error


def check_id_is_fresh(identifier: str, field: str) -> None:
    """Raises InvalidInput when something new may not carry this id: its time is more than 24 h away."""
    try:
        ids.checked_id(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["This id is too old or too far ahead. Make a new one and send again."]}) from error
