"""A goal: how much a day, week, month or year may emit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from carbon.domain.entry import CATEGORY_LABELS
from core.money import ZERO

ALL = "all"
GoalPeriod = Literal["daily", "weekly", "monthly", "yearly"]
GOAL_PERIODS: tuple[GoalPeriod, ...] = ("daily", "weekly", "monthly", "yearly")


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """What a user wants: for a category or `all`, either target_kg, or percent under a baseline.

    baseline_kg: kg of one period before; None for the mean of the three months before, as the entries say it.
    """

    category: str
    period: str
    target_kg: Decimal | None = None
    percent: Decimal | None = None
    baseline_kg: Decimal | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as it was set. target_kg is always there; percent and baseline_kg say what it was made from.

    baseline_months: months (`2026-08`) that the baseline is the mean of; none where the user gave it. set_on: the
    user's day on which it was set; the first whole period after it is the first that can be met.
    """

    username: str
    goal_id: str
    category: str
    period: GoalPeriod
    target_kg: Decimal
    percent: Decimal | None
    baseline_kg: Decimal | None
    baseline_months: tuple[str, ...]
    description: str
    set_on: date
    created_at: datetime
    updated_at: datetime
    digest: str = ""
    version: int = 0

    @property
    def category_label(self) -> str:
        """What people call its category."""
        return "Everything" if self.category == ALL else CATEGORY_LABELS[self.category]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """Where a goal stands in the period of a day: first to last day, both included."""

    goal: Goal
    period: str
    first_day: date
    last_day: date
    kg: Decimal
    estimated_kg: Decimal
    days_left: int

    @property
    def left_kg(self) -> Decimal:
        """What may still come; negative when the goal is missed."""
        return self.goal.target_kg - self.kg

    @property
    def is_over(self) -> bool:
        """Whether more was emitted than the goal allows."""
        return self.kg > self.goal.target_kg

    @property
    def percent_used(self) -> Decimal:
        """kg in percent of the target; anything of a target of 0 is 100."""
        if self.goal.target_kg:
            return self.kg / self.goal.target_kg * 100
        return Decimal(100) if self.kg else ZERO
