"""What every write of the portfolio does alike: check the client's words."""

from __future__ import annotations

import re

from core.errors import InvalidInput
from portfolio.domain.sizing import SIDES, Side

LONGEST_DESCRIPTION = 500
_ASSET_ID = re.compile(r"[A-Za-z0-9._-]{1,100}")


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
