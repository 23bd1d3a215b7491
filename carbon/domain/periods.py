"""Days and months of a user, and the periods that goals run over."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from carbon.domain.goal import GoalPeriod
from core.accounts.domain import User
from core.errors import InvalidInput

_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def zone_of(user: User) -> ZoneInfo:
    """The zone that the user's days are of."""
    return ZoneInfo(user.time_zone)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """The day of a moment in a zone."""
    return moment.astimezone(zone).date()


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins in a zone."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def month_of(day: date) -> str:
    """`2026-11`."""
    return f"{day:%Y-%m}"


def checked_month(text: str) -> str:
    """The month itself. Raises InvalidInput for anything else than text like 2026-11."""
    if not _MONTH.fullmatch(text) or text < "1970":
        raise InvalidInput({"month": ["Give a month like 2026-11."]})
    return text


def month_before(month: str, count: int = 1) -> str:
    """The month so many before: `2025-11` is 12 before `2026-11`; a negative count is a later one."""
    months = int(month[:4]) * 12 + int(month[5:]) - 1 - count
    return f"{months // 12:04d}-{months % 12 + 1:02d}"


def month_days(month: str) -> tuple[date, date]:
    """Its first and last day."""
    year, number = int(month[:4]), int(month[5:])
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def span_of(period: GoalPeriod, day: date) -> tuple[date, date]:
    """First and last day of the period that holds a day; weeks begin on Monday."""
    if period == "daily":
        return day, day
    if period == "weekly":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if period == "monthly":
        return month_days(month_of(day))
    return date(day.year, 1, 1), date(day.year, 12, 31)


def name_of(period: GoalPeriod, day: date) -> str:
    """What the period that holds a day is called: `2026-11-20`, `2026-W47` (ISO 8601), `2026-11` or `2026`."""
    if period == "daily":
        return day.isoformat()
    if period == "weekly":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}"
    return month_of(day) if period == "monthly" else str(day.year)
