"""What a user has set: budgets, own categories, and the channels that notify of budgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from budgets.domain.budget import Budget
from budgets.domain.categories import CATEGORIES


@dataclass(frozen=True, slots=True)
class Definitions:
    """All that one user has set; `version` counts the writes, 0 has never been written.

    budgets: by category. own_categories: in the order in which they were added. channels: names of those that notify
    the user of the budgets; empty where the user has not chosen.
    """

    username: str
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    own_categories: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    version: int = 0
    created_at: datetime | None = None

    @property
    def categories(self) -> tuple[str, ...]:
        """The eleven and the user's own."""
        return CATEGORIES + self.own_categories

    def with_budget(self, budget: Budget) -> Definitions:
        """The same with this budget in place of the one of its category; it keeps the day on which that was made."""
        before = self.budgets.get(budget.category)
        if before is not None:
            budget = replace(budget, created_at=before.created_at)
        return replace(self, budgets={**self.budgets, budget.category: budget})

    def without_budget(self, category: str) -> Definitions:
        """The same without the budget of this category."""
        return replace(self, budgets={name: each for name, each in self.budgets.items() if name != category})
