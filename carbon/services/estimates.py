"""Estimates that stand for expenses until somebody measures."""

from __future__ import annotations

from carbon.domain.entry import Entry, EntryDraft, Estimate
from core.accounts.domain import User


def estimate_put(username: str, estimate: Estimate) -> Entry | None:
    """Have the expense's estimate be this one, added, changed or left as it is; safe to repeat.

    Returns None, with nothing written, where a measured entry has the expense's id or the account is closed.
    """
    raise NotImplementedError


def estimate_remove(username: str, expense_id: str) -> None:
    """Take the expense's estimate away, if there is one; a measured entry stays. Safe to repeat."""
    raise NotImplementedError


def expense_measure(user: User, expense_id: str, draft: EntryDraft) -> Entry:
    """Put what was measured in the place of the expense's estimate, so that it counts once.

    The entry carries the expense's id; a measured one that is there is changed. The caller has seen that the expense
    is this user's. Raises InvalidInput; NotFound where the account is closed; StoreUnavailable.
    """
    raise NotImplementedError
