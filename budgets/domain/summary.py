"""A month beside its budgets, as it is shown."""

from dataclasses import dataclass
from decimal import Decimal

from budgets.domain.budget import Budget, percent_of
from budgets.domain.definitions import Definitions
from budgets.domain.month import MonthTotals
from core.money import ZERO
from core.periods import Month


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category in a month: what was spent, and the budget it has, if any.

    percent: of the budget, cut to one decimal; left: what may still be spent, negative where it is exceeded; both None
    without a budget.
    """

    category: str
    spent: Decimal
    count: int
    budget: Budget | None

    @property
    def percent(self) -> Decimal | None:
        return None if self.budget is None else percent_of(self.spent, self.budget.amount)

    @property
    def left(self) -> Decimal | None:
        return None if self.budget is None else self.budget.amount - self.spent

    @property
    def is_exceeded(self) -> bool:
        return self.budget is not None and self.spent > self.budget.amount


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """What was spent in a month, by category, beside the budgets as they are set now.

    lines: categories with a budget or an expense, those with a budget first, each group in the order of the eleven and
    then the user's own. spent and count are of all categories; budgeted is the sum of the budgets, budgeted_spent what
    was spent on categories that have one.
    """

    month: Month
    lines: tuple[CategoryLine, ...]
    definitions: Definitions

    @property
    def spent(self) -> Decimal:
        return sum((line.spent for line in self.lines), ZERO)

    @property
    def count(self) -> int:
        return sum(line.count for line in self.lines)

    @property
    def budgeted(self) -> Decimal:
        return sum((line.budget.amount for line in self.lines if line.budget), ZERO)

    @property
    def budgeted_spent(self) -> Decimal:
        return sum((line.spent for line in self.lines if line.budget), ZERO)

    def line(self, category: str) -> CategoryLine:
        """The line of a category; all zero where the month has none."""
        found = (line for line in self.lines if line.category == category)
        return next(found, CategoryLine(category, ZERO, 0, None))


def summarised(definitions: Definitions, totals: MonthTotals) -> MonthSummary:
    """A month beside its budgets."""
    known = {category: place for place, category in enumerate(definitions.categories)}
    spent_on = (name for name, total in totals.categories.items() if total.count)
    names = {*definitions.budgets, *spent_on}
    ordered = sorted(names, key=lambda name: (name not in definitions.budgets, known.get(name, len(known)), name))
    lines = tuple(
        CategoryLine(name, totals.of(name).spent, totals.of(name).count, definitions.budgets.get(name))
        for name in ordered
    )
    return MonthSummary(totals.month, lines, definitions)
