"""What every write of the portfolio does alike: check the client's words, and commit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core import ids
from core.errors import InvalidInput
from core.retry import LostRace
from core.storage import TransactionCancelled, Write, store
from portfolio.domain.sizing import SIDES, Side

LONGEST_DESCRIPTION = 500
_ASSET_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


def commit(writes: Sequence[Write], also: Sequence[Write]) -> None:
    """All the writes and the caller's, or none.

    Raises LostRace when a row changed since it was read, TransactionCancelled when one of the caller's writes failed.
    """
    try:
        store().transact_write([*writes, *also])
    except TransactionCancelled as error:
        if any(reason.failed for reason in error.reasons[len(writes) :]):
            raise
        raise LostRace from error


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


def checked_side(side: str) -> Side:
    """The side itself. Raises InvalidInput."""
    for known in SIDES:
        if side == known:
            return known
    raise InvalidInput({"side": ["Give buy or sell."]})


def checked_asset_id(asset_id: str) -> str:
    """The id itself when it could be one. Raises InvalidInput."""
    if not _ASSET_ID.fullmatch(asset_id):
        raise unknown_asset()
    return asset_id


def unknown_asset() -> InvalidInput:
    """The error for an asset that is not there."""
    return InvalidInput({"asset_id": ["There is no such asset. Choose one from the markets."]})


def checked_description(text: str) -> str:
    """The text without surrounding space. Raises InvalidInput when it is longer than 500 characters."""
    text = text.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput({"description": [f"Give at most {LONGEST_DESCRIPTION} characters."]})
    return text
