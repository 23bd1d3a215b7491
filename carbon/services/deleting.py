"""Deleting entries and goals, and restoring them within 30 days."""

from __future__ import annotations

from carbon.domain.entry import Entry
from carbon.domain.goal import Goal
from core.accounts.domain import User

ENTRY_KIND = "carbon_entry"
GOAL_KIND = "carbon_goal"


def entry_delete(user: User, entry_id: str) -> str:
    """Take an entry away and out of the totals; returns what `entry_restore` brings it back by.

    Raises NotFound; Refused `estimate_follows_expense` for an estimate, which goes with its expense.
    """
    raise NotImplementedError


def entry_restore(user: User, entry: str) -> Entry:
    """Bring a deleted entry back as it was, in place of an estimate that came meanwhile.

    A repeated call returns the entry that is back. Raises NotFound where nothing of this user's was deleted so, or
    more than 30 days ago.
    """
    raise NotImplementedError


def goal_delete(user: User, goal_id: str) -> str:
    """Take a goal away; returns what `goal_restore` brings it back by. Raises NotFound."""
    raise NotImplementedError


def goal_restore(user: User, entry: str) -> Goal:
    """Bring a deleted goal back as it was; a repeated call returns it. Raises NotFound; Refused `goal_quota`."""
    raise NotImplementedError
