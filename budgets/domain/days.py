"""Days and months of a user: those of the user's own time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from core.months import Month


def day_of(time_zone: str, at: datetime) -> date:
    """Which day it is at this time where the user is."""
    return at.astimezone(ZoneInfo(time_zone)).date()


def month_of(time_zone: str, at: datetime) -> Month:
    """Which month it is at this time where the user is."""
    return Month.of(day_of(time_zone, at))
