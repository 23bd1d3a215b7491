"""What every write of the footprint does alike: check the client's words, and commit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from carbon.domain.entry import LONGEST_DESCRIPTION
from core import clock, ids
from core.errors import InvalidInput, NotFound, Refused
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
    return whole_milliseconds(clock.now())


def whole_milliseconds(moment: datetime) -> datetime:
    """The time as the store keeps it."""
    return clock.from_milliseconds(clock.to_milliseconds(moment))


def checked_id_form(identifier: str, field: str) -> str:
    """The id itself when it is UUIDv7 text, of any time. Raises InvalidInput."""
    try:
        ids.id_time(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["Give a UUIDv7 in lower-case text."]}) from error
    return identifier


def check_id_is_fresh(identifier: str, field: str) -> None:
    """Raises InvalidInput when something new may not carry this id: its time is more than 24 h away."""
    try:
        ids.checked_id(identifier)
    except ValueError as error:
        raise InvalidInput({field: ["This id is too old or too far ahead. Make a new one and send again."]}) from error


def checked_description(text: str) -> str:
    """The text without surrounding space. Raises InvalidInput when it is longer than 500 characters."""
    text = text.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput({"description": [f"Give at most {LONGEST_DESCRIPTION} characters."]})
    return text


def check_version(version: int | None, stored: int, what: str) -> None:
    """Raises Refused `changed_meanwhile` when the user saw another version than the stored one."""
    if version is not None and version != stored:
        raise Refused("changed_meanwhile", f"{what} was changed elsewhere meanwhile. Look at it again, then decide.")


def check_same_wish(digest: str, stored: str, field: str) -> None:
    """Raises Refused `idempotency_mismatch` when an id that was used is used for something else."""
    if digest != stored:
        raise Refused("idempotency_mismatch", "This id was used with other values. Use a new one.", field=field)


def digest_of(*parts: object) -> str:
    """A fingerprint of what a client wants."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
