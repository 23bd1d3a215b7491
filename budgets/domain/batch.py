"""What a batch of expenses came to."""

from __future__ import annotations

from dataclasses import dataclass

from budgets.domain.budget import Crossing
from budgets.domain.expense import Expense


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch has done.

    expenses: those recorded, or taken away, in the order asked. passed_over: ids of those left as they are: recorded
    before, or, where they should go, not there or not of this import. crossed: what the user was not told singly.
    """

    expenses: tuple[Expense, ...]
    passed_over: tuple[str, ...]
    crossed: tuple[Crossing, ...]
