"""A goal: how much a day, week, month or year may emit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import cast

from carbon.domain.entry import CATEGORIES, CATEGORY_LABELS, description_errors, digest_of
from core import money
from core.errors import InvalidInput
from core.money import ZERO
from core.periods import Length

ALL = "all"
GoalPeriod = Length
GOAL_PERIODS: tuple[GoalPeriod, ...] = ("daily", "weekly", "monthly", "yearly")
KG_PLACES = 3
PERCENT_PLACES = 2
LARGEST_KG = Decimal(1_000_000_000)
HUNDRED = Decimal(100)


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

    def normal(self) -> GoalDraft:
        """The draft in the form that is stored: no space around its description."""
        return replace(self, description=self.description.strip())

    def check(self) -> None:
        """Raises InvalidInput with all that is wrong with a draft in its normal form, by field."""
        errors = dict(self._errors())
        if errors:
            raise InvalidInput(errors)

    @property
    def checked_period(self) -> GoalPeriod:
        """The period of a draft that was checked."""
        return cast(GoalPeriod, self.period)

    def digest(self) -> str:
        """The same for the same draft in its normal form, so that a request sent twice is recognised."""
        figures = (self.target_kg, self.percent, self.baseline_kg)
        said = ("" if figure is None else money.plain(figure) for figure in figures)
        return digest_of(self.category, self.period, *said, self.description)

    def _errors(self) -> Iterator[tuple[str, list[str]]]:
        if self.category not in (ALL, *CATEGORIES):
            yield "category", [f"Enter {ALL} or one of {', '.join(CATEGORIES)}."]
        if self.period not in GOAL_PERIODS:
            yield "period", [f"Choose one of {', '.join(GOAL_PERIODS)}."]
        if (self.target_kg is None) == (self.percent is None):
            yield "target_kg", ["Enter either kg, or percent under a baseline."]
        elif self.target_kg is not None:
            yield from _kg_errors("target_kg", self.target_kg)
        elif self.percent is not None:
            is_percent = self.percent.is_finite() and 0 < self.percent <= HUNDRED
            if not is_percent or money.places(self.percent) > PERCENT_PLACES:
                yield "percent", [f"Enter more than 0 and at most 100, with at most {PERCENT_PLACES} decimals."]
        if self.baseline_kg is not None:
            yield from _kg_errors("baseline_kg", self.baseline_kg)
        yield from description_errors(self.description).items()


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
    """How a goal is doing in the period of a day: first to last day, both included."""

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


def _kg_errors(field: str, kg: Decimal) -> Iterator[tuple[str, list[str]]]:
    if not (kg.is_finite() and 0 < kg <= LARGEST_KG and money.places(kg) <= KG_PLACES):
        yield field, [f"Enter more than 0 and at most {LARGEST_KG:,} kg, with at most {KG_PLACES} decimals."]
