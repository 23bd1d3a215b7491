"""What was spent in a month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from core.errors import InvalidInput
from core.money import ZERO
from core.periods import Month

MOST_CATEGORIES = 500
"""In one month, those that were removed included: its totals are one item of at most 400 KB."""


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """What was spent on one category in a month, less refunds, and how many expenses and refunds that were.

    notified: the thresholds, in percent, that the user was notified of in this month, rising; notified_exceeded:
    whether they were notified that the budget is exceeded. Both stay when spending falls. judged_by: the amount of the
    budget by which that was last judged, None where nothing was.
    """

    spent: Decimal = ZERO
    count: int = 0
    notified: tuple[int, ...] = ()
    notified_exceeded: bool = False
    judged_by: Decimal | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing: no expense, and no notification."""
        return self.count == 0 and self.judged_by is None


@dataclass(frozen=True, slots=True)
class Movement:
    """What one change of an expense does to one category of one month."""

    month: Month
    category: str
    spent: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What one user spent in one month, by category. `version` counts the writes; 0 has never been written."""

    username: str
    month: Month
    categories: Mapping[str, CategoryTotal] = field(default_factory=dict)
    version: int = 0

    def of(self, category: str) -> CategoryTotal:
        """The total of a category; all zero where nothing was spent."""
        return self.categories.get(category, CategoryTotal())

    @property
    def spent(self) -> Decimal:
        """What was spent in the month on all categories."""
        return sum((total.spent for total in self.categories.values()), ZERO)

    @property
    def count(self) -> int:
        """How many expenses and refunds the month has."""
        return sum(total.count for total in self.categories.values())

    def moved(self, movements: Iterable[Movement]) -> MonthTotals:
        """The totals after those of the movements that are of this month."""
        totals = self
        for movement in movements:
            if movement.month == self.month:
                total = totals.of(movement.category)
                after = replace(total, spent=total.spent + movement.spent, count=total.count + movement.count)
                totals = totals.with_total(movement.category, after)
        return totals

    def with_total(self, category: str, total: CategoryTotal) -> MonthTotals:
        """The totals with another one for a category; one that says nothing is left out."""
        others = {name: each for name, each in self.categories.items() if name != category}
        return replace(self, categories=others if total.is_empty else {**others, category: total})

    def check_size(self) -> None:
        """Raises InvalidInput where they have more categories than one month may."""
        if len(self.categories) > MOST_CATEGORIES:
            raise InvalidInput(
                {
                    "category": [
                        f"{self.month} has {MOST_CATEGORIES} categories, which is the most. Choose one of those."
                    ]
                }
            )
