"""Reactions to events of the footprint and of other apps."""

from carbon.selectors import entry_find
from carbon.services import achievements_refresh, estimates_follow
from core.events import Event


def refresh_achievements(event: Event) -> None:
    """Judge achievements and goals of the event's user again. The same event again changes nothing more."""
    achievements_refresh(event.username)


def follow_expense(event: Event) -> None:
    """Have the estimate of one expense agree with the expense as it is now, whatever the event saw."""
    estimates_follow(event.username, [event.payload["expense_id"]])


def follow_import(event: Event) -> None:
    """Have the estimates of many expenses agree with these, as `follow_expense` does of one."""
    estimates_follow(event.username, event.payload["expense_ids"])


def bring_estimate_back(event: Event) -> None:
    """Estimate an expense again whose measured entry was deleted; any other change needs nothing."""
    expense_id = event.payload.get("expense_id")
    if expense_id is not None and entry_find(event.username, event.payload["entry_id"]) is None:
        estimates_follow(event.username, [expense_id])
