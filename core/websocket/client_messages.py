"""What a client may send: `{"watch": ["bitcoin", ...]}`, and how often."""

import json
import time

MOST_WATCHED = 100
LONGEST_MESSAGE = 16_384
"""Bytes: room for MOST_WATCHED ids of the longest kind."""
MOST_MESSAGES = 20
WITHIN = 10.0
"""Seconds within which one connection may send MOST_MESSAGES."""


class Malformed(Exception):
    """The message is not one that a client may send; says what to send instead."""


def watched_ids(text: str | None) -> frozenset[str]:
    """The ids of a message, None for one of bytes. Raises Malformed."""
    if text is None:
        raise Malformed("Send text, not bytes.")
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("Send JSON.") from None
    if not isinstance(message, dict) or message.keys() != {"watch"}:
        raise Malformed('Send {"watch": ["bitcoin"]}, with the ids of the assets.')
    asset_ids = message["watch"]
    if not isinstance(asset_ids, list) or not all(isinstance(each, str) and _is_text(each) for each in asset_ids):
        raise Malformed("`watch` is a list of ids of assets.")
    if len(asset_ids) > MOST_WATCHED:
        raise Malformed(f"Watch at most {MOST_WATCHED} assets.")
    return frozenset(asset_ids)


def _is_text(value: str) -> bool:
    """Whether it can be written as UTF-8; JSON can spell halves of characters."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


class Allowance:
    """How many more messages one connection may send: it grows with time, up to MOST_MESSAGES."""

    def __init__(self) -> None:
        self._left = float(MOST_MESSAGES)
        self._at = time.monotonic()

    def take(self) -> bool:
        """Whether one more is allowed now; it is counted."""
        now = time.monotonic()
        self._left = min(MOST_MESSAGES, self._left + (now - self._at) * MOST_MESSAGES / WITHIN)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
