"""Carbon goals and achievements in words."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from alerts.domain.notification import MailWords, Words
from alerts.presentation.own import mail_body, own_words
from carbon.selectors import Achievement, Goal
from core.periods import Length, Period
from core.presentation import numbers

ALL = "all"
"""The category of a goal that counts everything."""


def goal_words(said: Mapping[str, Any], goal: Goal) -> Words:
    """That a goal was exceeded, and by how much; `said` is the payload of the event."""
    what = "Your entries" if goal.category == ALL else f"Your entries under {goal.category_label}"
    over = _kg(said["kg"] - said["target"])
    body = f"{what} {period_text(said['period'])} are {over} kg over the goal. You are notified once per period."
    marked = own_words("Your description of the goal", goal.description)
    mail = MailWords(_passed("Carbon goal", said), mail_body(body, marked))
    return Words(_passed(_named(goal), said), body, period_link(said["period"], goal.category), mail)


def achievement_words(achievement: Achievement) -> Words:
    """What was earned, and for what."""
    earned_for = achievement.about[:1].lower() + achievement.about[1:]
    body = f"Earned for: {earned_for}. Worth {achievement.points:,} points."
    return Words(f"Achievement: {achievement.label}", body, reverse("carbon:achievements"))


def period_text(period: str) -> str:
    """`on 20 November`, `in week 47`, `in November` or `in 2026`."""
    found = Period.from_text(period)
    first = found.first_day
    words: dict[Length, str] = {
        "daily": f"on {first.day} {first:%B}",
        "weekly": f"in week {first.isocalendar().week}",
        "monthly": f"in {first:%B}",
        "yearly": f"in {first.year}",
    }
    return words[found.length]


def period_link(period: str, category: str) -> str:
    """The path of the entries that a goal counts in a period."""
    days = Period.from_text(period)
    named = {} if category == ALL else {"category": category}
    query = urlencode({**named, "from": days.first_day.isoformat(), "to": days.last_day.isoformat()})
    return f"{reverse('carbon:entries')}?{query}"


def _named(goal: Goal) -> str:
    return f"Carbon goal “{goal.description}”" if goal.description else "Carbon goal"


def _passed(name: str, said: Mapping[str, Any]) -> str:
    """`Carbon goal exceeded: 372.00 kg of 350.00 in November`."""
    return f"{name} exceeded: {_kg(said['kg'])} kg of {_kg(said['target'])} {period_text(said['period'])}"


def _kg(value: Decimal) -> str:
    return numbers.money(value)
