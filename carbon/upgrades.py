"""Upgrade steps of the carbon tables."""

from carbon.repositories.achievements import is_judged
from carbon.services import achievements_refresh
from carbon.tables import CARBON_ACHIEVEMENTS, CARBON_ENTRIES, CARBON_GOALS
from core.storage import administration


def judge_again() -> None:
    """Have the achievements of every user say as of which day they are true; early releases did not note it.

    Reads the tables of entries, goals and achievements once, and judges who has no such day.
    """
    tables = (CARBON_ENTRIES, CARBON_GOALS, CARBON_ACHIEVEMENTS)
    usernames = {item["username"] for table in tables for item in administration().dump(table)}
    judged = {item["username"] for item in administration().dump(CARBON_ACHIEVEMENTS) if is_judged(item)}
    for username in sorted(usernames - judged):
        achievements_refresh(username)
