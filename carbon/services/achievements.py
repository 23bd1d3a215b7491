"""Judging anew what somebody achieved, after an entry or a goal has changed."""

from __future__ import annotations


def achievements_refresh(username: str) -> None:
    """Have the stored achievements be what totals and goals say, and tell of goals passed in their present period.

    Writes the difference alone, with an event for what is reached for the first time ever and for each goal passed,
    once for its period; safe to repeat and to run twice at once. Nothing happens where the account is closed.
    """
    raise NotImplementedError
