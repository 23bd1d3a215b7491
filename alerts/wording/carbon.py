"""What the carbon room tells, in words."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from alerts.domain.notification import MailWords
from alerts.wording.own import mail_body, own_words
from carbon.selectors import Achievement, Goal
from core.presentation import numbers

ALL = "all"
"""The category of a goal that counts everything."""
WEEK = timedelta(days=7)


def goal_title(said: Mapping[str, Any], goal: Goal) -> str:
    """`Carbon goal passed: 372.00 kg of 350.00 in November`, with the user's description of the goal."""
    return _passed(_named(goal), said)


def goal_mail(said: Mapping[str, Any], goal: Goal) -> MailWords:
    """The same for a mail: the description is in the body, marked as the user's."""
    marked = own_words("Your description of the goal", goal.description)
    return MailWords(_passed("Carbon goal", said), mail_body(goal_body(said, goal), marked))


def goal_body(said: Mapping[str, Any], goal: Goal) -> str:
    """Sentences: by how much, and what the goal counts."""
    what = "All that you entered" if goal.category == ALL else f"What you entered under {goal.category_label}"
    over = _kg(said["kg"] - said["target"])
    return f"{what} {period_text(said['period'])} is {over} kg over the goal. It is told once for each period."


def achievement_title(achievement: Achievement) -> str:
    """`Achievement: First entry`."""
    return f"Achievement: {achievement.label}"


def achievement_body(achievement: Achievement) -> str:
    """Sentences: what it took and what it counts."""
    took = achievement.about[:1].lower() + achievement.about[1:]
    return f"What it took: {took}. It counts {achievement.points:,} points, which are a game, not a measure."


def period_text(period: str) -> str:
    """`on 20 November`, `in week 47`, `in November` or `in 2026`."""
    if "W" in period:
        return f"in week {int(period.partition('-W')[2])}"
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 3:
        return f"on {parts[2]} {month_name[parts[1]]}"
    return f"in {month_name[parts[1]]}" if len(parts) == 2 else f"in {parts[0]}"


def period_link(period: str, category: str) -> str:
    """The path of the entries that a goal counts in a period."""
    first, last = _days(period)
    named = {} if category == ALL else {"category": category}
    query = urlencode({**named, "from": first.isoformat(), "to": last.isoformat()})
    return f"{reverse('carbon:entries')}?{query}"


def _days(period: str) -> tuple[date, date]:
    """The first and the last day of `2026-11-20`, `2026-W47`, `2026-11` or `2026`."""
    if "W" in period:
        year, _, week = period.partition("-W")
        first = date.fromisocalendar(int(year), int(week), 1)
        return first, first + WEEK - timedelta(days=1)
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 3:
        day = date.fromisoformat(period)
        return day, day
    if len(parts) == 2:
        year_, month = parts
        after = date(year_ + month // 12, month % 12 + 1, 1)
        return date(year_, month, 1), after - timedelta(days=1)
    return date(parts[0], 1, 1), date(parts[0], 12, 31)


def _named(goal: Goal) -> str:
    return f"Carbon goal “{goal.description}”" if goal.description else "Carbon goal"


def _passed(name: str, said: Mapping[str, Any]) -> str:
    return f"{name} passed: {_kg(said['kg'])} kg of {_kg(said['target'])} {period_text(said['period'])}"


def _kg(value: Decimal) -> str:
    return numbers.money(value)
