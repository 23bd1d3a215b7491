"""What every write of the footprint does alike: check what the client says."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from carbon.domain.entry import LONGEST_DESCRIPTION
from core import clock
from core.errors import InvalidInput, Refused


def whole_milliseconds(moment: datetime) -> datetime:
    """The time as the store keeps it."""
    return clock.from_milliseconds(clock.to_milliseconds(moment))


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
