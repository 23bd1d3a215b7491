"""Events that the footprint writes for others to react to."""

from datetime import date
from decimal import Decimal

from core.events import Event

ENTRY_CHANGED = "carbon.entry_changed"
GOAL_CHANGED = "carbon.goal_changed"
ACHIEVEMENT_EARNED = "carbon.achievement_earned"
GOAL_OVER = "carbon.goal_over"


def entry_changed(username: str, entry_id: str, expense_id: str | None = None) -> Event:
    """An entry was added, changed, deleted or restored. Payload: entry_id, and expense_id where it has one."""
    payload = {"entry_id": entry_id} if expense_id is None else {"entry_id": entry_id, "expense_id": expense_id}
    return Event(ENTRY_CHANGED, username, payload)


def goal_changed(username: str, goal_id: str) -> Event:
    """A goal was set, changed, deleted or restored. Payload: goal_id."""
    return Event(GOAL_CHANGED, username, {"goal_id": goal_id})


def achievement_earned(username: str, achievement_id: str, points: int, reached_on: date) -> Event:
    """An achievement was reached for the first time. Payload: achievement_id, points, reached_on (text of the day)."""
    payload = {"achievement_id": achievement_id, "points": points, "reached_on": reached_on.isoformat()}
    return Event(ACHIEVEMENT_EARNED, username, payload)


def goal_over(username: str, goal_id: str, period: str, kg: Decimal, target: Decimal) -> Event:
    """A goal was passed in its present period: once for each goal and period.

    Payload: goal_id, period (`2026-11-20`, `2026-W47`, `2026-11` or `2026`), kg, target (kg).
    """
    return Event(GOAL_OVER, username, {"goal_id": goal_id, "period": period, "kg": kg, "target": target})
