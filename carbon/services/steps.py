"""What every write of the footprint does alike: check what the client says."""

from __future__ import annotations

from hashlib import sha256

from carbon.domain.entry import LONGEST_DESCRIPTION
from core.errors import InvalidInput


def checked_description(text: str) -> str:
    """The text without surrounding space. Raises InvalidInput when it is longer than 500 characters."""
    text = text.strip()
    if len(text) > LONGEST_DESCRIPTION:
        raise InvalidInput({"description": [f"Give at most {LONGEST_DESCRIPTION} characters."]})
    return text


def digest_of(*parts: object) -> str:
    """A fingerprint of what a client wants."""
    return sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
