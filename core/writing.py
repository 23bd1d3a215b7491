"""What the writes of every app do alike: check the client's id, and commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core import clock, ids
from core.errors import InvalidInput, NotFound
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store
from core.usage.measures import Row
from core.usage.room import LABEL as USAGE_LABEL
from core.usage.room import fold, make_room, usage_write

TRIES = 20
"""Times that room is made for one write; more than one is needed only where others take it at the same moment."""


def commit(
    writes: Sequence[Write], also: Sequence[Write] = (), *, was: Sequence[Row] = (), is_limited: bool = True
) -> None:
    """All the writes and the caller's, or none, and with them the count of what their user keeps.

    was: rows as they are stored that these replace or delete, where their key does not show what they count.
    is_limited False: for rows that follow others by themselves, which are counted but never refused.
    Raises Refused with the code of a quota where there is no room, NotFound where the account is closed, LostRace when
    a row changed since it was read, and TransactionCancelled when one of the caller's writes failed.
    """
    everything = [*writes, *also]
    for _ in range(TRIES):
        counted, username, use = usage_write(everything, was, is_limited=is_limited)
        try:
            store().transact_write([*writes, *counted, *also])
            return
        except TransactionCancelled as error:
            if any(reason.failed for reason in error.reasons[len(writes) + len(counted) :]):
                raise
            if error.failed("account"):
                raise NotFound("An open account of this name") from error
            if error.labels != (USAGE_LABEL,):
                if error.failed(USAGE_LABEL):
                    fold(username)
                raise LostRace from error
        make_room(username, use, is_limited=is_limited)
    raise LostRace


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
