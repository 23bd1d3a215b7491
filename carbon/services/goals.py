"""Setting and changing goals."""

from __future__ import annotations

from collections.abc import Sequence

from carbon.domain.goal import Goal, GoalDraft
from core.accounts.domain import User
from core.storage import Write

MOST_GOALS = 50


def goal_add(user: User, *, goal_id: str, draft: GoalDraft, also: Sequence[Write] = ()) -> Goal:
    """Set a goal. A repeated goal_id with the same wish returns the stored goal.

    Percent without baseline_kg takes the mean of the three months before and keeps it. Raises InvalidInput, also where
    those months have no entry; Refused with goal_quota or idempotency_mismatch; NotFound where the account is closed.
    """
    raise NotImplementedError


def goal_change(user: User, goal_id: str, draft: GoalDraft, *, version: int | None = None) -> Goal:
    """Have a goal say what the draft says; a baseline that the draft does not name stays as it was kept.

    Raises InvalidInput; NotFound; Refused `changed_meanwhile` where the goal has another version by now.
    """
    raise NotImplementedError
