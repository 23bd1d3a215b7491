"""What of budgets and carbon needs a look now: pure, from figures already read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Literal

from alerts.presentation.budgets import month_link
from alerts.presentation.carbon import period_link
from budgets.presentation import MonthPage
from carbon.selectors import GoalProgress, MonthSummary
from core.presentation import numbers

CLOSE = Decimal(80)
"""From this percentage on a budget or a goal is nearly used up."""
USED_UP = Decimal(100)
ALL = "all"

Level = Literal["over", "near"]


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing to look at: over its limit or near it. `room` is where it belongs, `link` leads to its rows."""

    room: Literal["budgets", "carbon"]
    level: Level
    title: str
    detail: str
    link: str


def concerns_of(money: MonthPage, carbon: MonthSummary, goals: Sequence[GoalProgress]) -> list[Concern]:
    """Budgets, the carbon budget and goals that are over or close, those that are over first.

    A budget that is spent to the cent is not a concern: rent does that every month.
    """
    found = [*_of_budgets(money), *_of_carbon_budget(carbon), *_of_goals(goals)]
    return sorted(found, key=lambda each: each.level != "over")


def _of_budgets(money: MonthPage) -> Iterator[Concern]:
    month = money.summary.month
    for row in money.rows:
        line = row.line
        if line.budget is None or line.percent is None:
            continue
        link = month_link(line.category, str(month))
        sums = f"{numbers.money(line.spent)} of {numbers.money(line.budget.amount)} in {month.first_day:%B}"
        if line.is_exceeded:
            title = f"{line.category} is {numbers.money(row.over_by)} over budget"
            yield Concern("budgets", "over", title, sums, link)
        elif CLOSE <= line.percent < USED_UP:
            share = line.percent.quantize(Decimal(1), ROUND_FLOOR)
            title = f"{line.category}: {numbers.percent(share, 0)} of the budget spent"
            yield Concern("budgets", "near", title, sums, link)


def _of_carbon_budget(carbon: MonthSummary) -> Iterator[Concern]:
    level = _level(carbon.budget_percent)
    if level is not None:
        kg, budget = numbers.money(carbon.kg), numbers.money(carbon.budget_kg)
        title = f"Carbon: {kg} kg of your budget of {budget} this month"
        yield Concern("carbon", level, title, _estimated(carbon), period_link(carbon.month, ALL))


def _of_goals(goals: Sequence[GoalProgress]) -> Iterator[Concern]:
    for progress in goals:
        level = _level(progress.percent_used)
        if level is None:
            continue
        goal = progress.goal
        title = f"{goal.description or f'Carbon goal, {goal.category_label}'}: {numbers.money(progress.kg)} kg"
        detail = f"goal {numbers.money(goal.target_kg)} · {progress.days_left} days left"
        yield Concern("carbon", level, title, detail, period_link(progress.period, goal.category))


def _level(percent: Decimal) -> Level | None:
    if percent > USED_UP:
        return "over"
    return "near" if percent >= CLOSE else None


def _estimated(carbon: MonthSummary) -> str:
    return f"{numbers.percent(carbon.estimated_percent, 0)} of it estimated from spending"
