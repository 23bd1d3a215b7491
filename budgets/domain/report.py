"""A report: what the expenses of some days add up to, by category against the budgets, by week and by day."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from budgets.domain.budget import HUNDRED, TENTH, percent_of
from budgets.domain.definitions import Definitions
from budgets.domain.expense import Expense
from budgets.domain.report_days import ONE_DAY, ReportDays
from core.money import CENT, ZERO
from core.periods import Month, Period

LARGEST = 10
"""How many of the largest expenses and refunds are listed."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was paid, what came back, and in how many expenses and refunds; both sums are zero or more."""

    paid: Decimal = ZERO
    refunded: Decimal = ZERO
    expenses: int = 0
    refunds: int = 0

    @property
    def spent(self) -> Decimal:
        """What was paid, less refunds."""
        return self.paid - self.refunded

    @property
    def count(self) -> int:
        return self.expenses + self.refunds

    @classmethod
    def of(cls, expense: Expense) -> Figures:
        """Those of one expense or refund."""
        return cls(refunded=-expense.amount, refunds=1) if expense.is_refund else cls(expense.amount, expenses=1)

    def __add__(self, other: Figures) -> Figures:
        return Figures(
            self.paid + other.paid,
            self.refunded + other.refunded,
            self.expenses + other.expenses,
            self.refunds + other.refunds,
        )


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category: what was spent, its budget for these days if there is one, and what was spent on the days before.

    percent: of the budget, cut to one decimal; left: negative where it is exceeded; both None without a budget.
    """

    category: str
    figures: Figures
    budget: Decimal | None
    before: Decimal

    @property
    def percent(self) -> Decimal | None:
        return None if self.budget is None else percent_of(self.figures.spent, self.budget)

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget - self.figures.spent

    @property
    def change(self) -> Decimal:
        """How much more was spent than on the days before; negative for less."""
        return self.figures.spent - self.before


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """Some days in a row, and what was spent on them."""

    first: date
    last: date
    figures: Figures


@dataclass(frozen=True, slots=True)
class Report:
    """What one user spent on some days.

    categories: those with an expense, a budget, or an expense on the days before; most spent first. weeks: Monday to
    Sunday, those at the ends cut, each with or without an expense. by_day: days with an expense. largest and refunds:
    at most ten each, the largest first. before_spent: what was spent on `days.before`.
    days_passed: how many of the days have begun, or bear an expense or come before one that does.
    """

    days: ReportDays
    days_passed: int
    currency: str
    total: Figures
    categories: tuple[CategoryLine, ...]
    weeks: tuple[PeriodLine, ...]
    by_day: tuple[PeriodLine, ...]
    largest: tuple[Expense, ...]
    refunds: tuple[Expense, ...]
    before_spent: Decimal

    @property
    def budgeted(self) -> Decimal | None:
        """The sum of the budgets of these days; None where there is none, or the days are not whole months."""
        budgets = [line.budget for line in self.categories if line.budget is not None]
        return sum(budgets, ZERO) if budgets else None

    @property
    def budgeted_spent(self) -> Decimal:
        """What was spent on categories that have a budget."""
        return sum((line.figures.spent for line in self.categories if line.budget is not None), ZERO)

    @property
    def change(self) -> Decimal:
        """How much more was spent than on the days before; negative for less."""
        return self.total.spent - self.before_spent

    @property
    def change_percent(self) -> Decimal | None:
        """The change in percent of the days before, rounded to a tenth; None where nothing was spent on them."""
        if self.before_spent <= 0:
            return None
        return (self.change * HUNDRED / self.before_spent).quantize(TENTH, ROUND_HALF_UP)

    @property
    def a_day(self) -> Decimal:
        """What was spent on each of the days that passed, on average, rounded to cents."""
        return (self.total.spent / max(1, self.days_passed)).quantize(CENT, ROUND_HALF_UP)


def report_of(
    days: ReportDays,
    expenses: Iterable[Expense],
    *,
    currency: str,
    definitions: Definitions,
    before: Mapping[str, Decimal],
    today: date,
) -> Report:
    """The report of these days. Of the expenses, only the largest are kept in memory. today: of the user.

    before: what was spent on the days before, by category. Expenses of other days than the report's are added to it.
    """
    total = Figures()
    by_category: dict[str, Figures] = {}
    by_day: dict[date, Figures] = {}
    spent_before: dict[str, Decimal] = dict(before)
    largest: list[tuple[Decimal, str, Expense]] = []
    refunds: list[tuple[Decimal, str, Expense]] = []
    for expense in expenses:
        if expense.day not in days:
            spent_before[expense.category] = spent_before.get(expense.category, ZERO) + expense.amount
            continue
        figures = Figures.of(expense)
        total += figures
        by_category[expense.category] = by_category.get(expense.category, Figures()) + figures
        by_day[expense.day] = by_day.get(expense.day, Figures()) + figures
        _keep(refunds if expense.is_refund else largest, expense)
    return Report(
        days=days,
        days_passed=days.count_until(max([today, *by_day])),
        currency=currency,
        total=total,
        categories=_categories(by_category, definitions, days.months, spent_before),
        weeks=_weeks(days, by_day),
        by_day=tuple(PeriodLine(day, day, by_day[day]) for day in sorted(by_day)),
        largest=_largest_first(largest),
        refunds=_largest_first(refunds),
        before_spent=sum(spent_before.values(), ZERO),
    )


def _keep(kept: list[tuple[Decimal, str, Expense]], expense: Expense) -> None:
    entry = (abs(expense.amount), expense.expense_id, expense)
    if len(kept) < LARGEST:
        heapq.heappush(kept, entry)
    else:
        heapq.heappushpop(kept, entry)


def _largest_first(kept: list[tuple[Decimal, str, Expense]]) -> tuple[Expense, ...]:
    return tuple(expense for _, _, expense in sorted(kept, key=lambda each: each[:2], reverse=True))


def _categories(
    by_category: Mapping[str, Figures],
    definitions: Definitions,
    months: tuple[Month, ...],
    before: Mapping[str, Decimal],
) -> tuple[CategoryLine, ...]:
    budgets = {name: budget.amount * len(months) for name, budget in definitions.budgets.items()} if months else {}
    spent_before = {name: amount for name, amount in before.items() if amount}
    names = {*by_category, *budgets, *spent_before}
    lines = (
        CategoryLine(name, by_category.get(name, Figures()), budgets.get(name), before.get(name, ZERO))
        for name in names
    )
    return tuple(sorted(lines, key=lambda line: (-line.figures.spent, line.category)))


def _weeks(days: ReportDays, by_day: Mapping[date, Figures]) -> tuple[PeriodLine, ...]:
    weeks: list[PeriodLine] = []
    first = days.first
    while first <= days.last:
        last = min(Period.of("weekly", first).last_day, days.last)
        figures = (of_day for day, of_day in by_day.items() if first <= day <= last)
        weeks.append(PeriodLine(first, last, sum(figures, Figures())))
        first = last + ONE_DAY
    return tuple(weeks)
