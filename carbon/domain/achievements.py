"""Achievements, and when a user reached them: a pure function of the sums of the days, of the goals, and of today.

Entries that the user made count; estimates from expenses do not, so that an import of expenses achieves nothing.
A day is logged when it has an entry of the user's own.

- entries: how many there are, by the days that they are of.
- streak_days: logged days in a row.
- reduction_percent: how far a category is under its mean of the three months before, when a month is over. The month
  has at least 20 logged days, as have the three before together, and each of the four has entries of the category.
- kg_saved: what such months had less than those means, all their categories together; a month with more takes away.
- goals_set, goals_met: goals that are there, and those of which some whole period after they were set ended within the
  target, estimates counted in. It must have logged days enough: logging nothing meets no goal.

Days that have not come yet count for nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from carbon.domain.entry import CATEGORIES
from carbon.domain.goal import Goal, GoalPeriod
from carbon.domain.totals import CategoryTotal, PeriodTotals
from core.money import ZERO
from core.periods import Month, Period

AchievementKind = Literal["entries", "streak_days", "reduction_percent", "goals_set", "goals_met", "kg_saved"]
Tier = Literal["bronze", "silver", "gold", "platinum", "diamond"]

LOGGED_DAYS = 20
MONTHS_BEFORE = 3
DAY = timedelta(days=1)
DAYS_TO_MEET: Mapping[GoalPeriod, int] = {"daily": 1, "weekly": 5, "monthly": LOGGED_DAYS, "yearly": 240}
"""How many days of a period must be logged for its goal to be met."""

History = Sequence[tuple[date, Decimal]]
"""The days on which a figure came to more than ever before, and to how much."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """One of the catalogue: reached when the figure of its kind comes to `needs`."""

    achievement_id: str
    kind: AchievementKind
    needs: int
    points: int
    tier: Tier
    label: str
    about: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The history of each kind's figure, and how many days in a row were logged up to today or yesterday."""

    histories: Mapping[AchievementKind, History]
    streak_days: int

    def reached_on(self, achievement: Achievement) -> date | None:
        """The day on which an achievement was reached; None while it is not."""
        history = self.histories[achievement.kind]
        return next((day for day, figure in history if figure >= achievement.needs), None)

    def so_far(self, achievement: Achievement) -> Decimal:
        """The figure now: of a streak the present one, of all else the highest."""
        if achievement.kind == "streak_days":
            return Decimal(self.streak_days)
        history = self.histories[achievement.kind]
        return history[-1][1] if history else ZERO


def figures_of(sums: Iterable[PeriodTotals], goals: Iterable[Goal], today: date) -> Figures:
    """The figures by the sums of all days (those of months are passed over), the goals, and the user's today."""
    days = {each.first_day: each for each in sums if each.is_day and each.first_day <= today}
    kept = list(goals)
    logged = sorted(day for day, each in days.items() if each.total.measured_count)
    streaks = _streaks(logged)
    reductions, saved = _reductions(days, logged, today)
    return Figures(
        histories={
            "entries": _entries(days, logged),
            "streak_days": _rising((day, Decimal(length)) for day, length in streaks),
            "reduction_percent": reductions,
            "kg_saved": saved,
            "goals_set": _counted(goal.set_on for goal in kept),
            "goals_met": _counted(day for day in _met(kept, days, frozenset(logged), today) if day),
        },
        streak_days=streaks[-1][1] if streaks and streaks[-1][0] >= today - DAY else 0,
    )


def reached_by(catalogue: Iterable[Achievement], figures: Figures) -> dict[str, date]:
    """The achievements that are reached, by id, with their days."""
    found = {each.achievement_id: figures.reached_on(each) for each in catalogue}
    return {name: day for name, day in found.items() if day is not None}


def _entries(days: Mapping[date, PeriodTotals], logged: Iterable[date]) -> History:
    count, history = 0, []
    for day in logged:
        count += days[day].total.measured_count
        history.append((day, Decimal(count)))
    return history


def _streaks(logged: Iterable[date]) -> list[tuple[date, int]]:
    """For each logged day how many there were in a row up to it."""
    streaks: list[tuple[date, int]] = []
    for day in logged:
        goes_on = streaks and streaks[-1][0] == day - DAY
        streaks.append((day, streaks[-1][1] + 1 if goes_on else 1))
    return streaks


def _reductions(days: Mapping[date, PeriodTotals], logged: Iterable[date], today: date) -> tuple[History, History]:
    """The largest reductions in percent, and the kg saved, by the days after the months that brought them."""
    sums: defaultdict[Month, defaultdict[str, CategoryTotal]] = defaultdict(lambda: defaultdict(CategoryTotal))
    for day, each in days.items():
        for category, total in each.categories.items():
            sums[Month.of(day)][category] += total
    counts: defaultdict[Month, int] = defaultdict(int)
    for day in logged:
        counts[Month.of(day)] += 1
    percents: list[tuple[date, Decimal]] = []
    saved: list[tuple[date, Decimal]] = []
    running = ZERO
    for month in sorted(counts):
        before = [month.shifted(-back) for back in range(1, MONTHS_BEFORE + 1)]
        logged_before = sum(counts.get(each, 0) for each in before)
        if month >= Month.of(today) or counts[month] < LOGGED_DAYS or logged_before < LOGGED_DAYS:
            continue
        pairs = list(_compared(sums, month, before))
        after = month.last_day + DAY
        percents += [(after, (mean - kg) / mean * 100) for mean, kg in pairs]
        running += sum((mean - kg for mean, kg in pairs), ZERO)
        saved.append((after, running))
    return _rising(percents), _rising(saved)


def _compared(
    sums: Mapping[Month, Mapping[str, CategoryTotal]], month: Month, before: Sequence[Month]
) -> Iterable[tuple[Decimal, Decimal]]:
    """For each category with entries in all four months its mean before, and its kg."""
    for category in CATEGORIES:
        totals = [sums.get(each, {}).get(category, CategoryTotal()) for each in (month, *before)]
        if all(total.measured_count for total in totals):
            mean = sum((total.measured_kg for total in totals[1:]), ZERO) / len(before)
            if mean:
                yield mean, totals[0].measured_kg


def _met(
    goals: Sequence[Goal], days: Mapping[date, PeriodTotals], logged: Set[date], today: date
) -> Iterator[date | None]:
    """For each goal the day on which it was met; None where it was not yet. Each category is summed once for all."""
    kg_of = {
        category: {day: each.of(category).kg for day, each in days.items()}
        for category in {goal.category for goal in goals}
    }
    return (_met_on(goal, kg_of[goal.category], logged, today) for goal in goals)


def _met_on(goal: Goal, kg_of_days: Mapping[date, Decimal], logged: Set[date], today: date) -> date | None:
    """The day after the first whole period that ended within the target; None where there is none yet."""
    kg: defaultdict[Period, Decimal] = defaultdict(lambda: ZERO)
    logged_days: defaultdict[Period, int] = defaultdict(int)
    for day, kg_of_day in kg_of_days.items():
        if day < goal.set_on:
            continue
        period = Period.of(goal.period, day)
        if period.first_day >= goal.set_on and period.last_day < today:
            kg[period] += kg_of_day
            logged_days[period] += day in logged
    needed = DAYS_TO_MEET[goal.period]
    met = [each.last_day for each, sum_ in kg.items() if sum_ <= goal.target_kg and logged_days[each] >= needed]
    return min(met) + DAY if met else None


def _counted(days: Iterable[date]) -> History:
    return [(day, Decimal(count)) for count, day in enumerate(sorted(days), start=1)]


def _rising(steps: Iterable[tuple[date, Decimal]]) -> History:
    """Those steps that come to more than any before; nothing at or below zero."""
    highest, kept = ZERO, []
    for day, figure in steps:
        if figure > highest:
            highest = figure
            kept.append((day, figure))
    return kept
