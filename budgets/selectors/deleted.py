"""Expenses that can be restored."""

from __future__ import annotations

from budgets.domain.expense import Expense
from budgets.repositories.expenses import expense_from_item
from core.trash import Thrown, thrown_newest

KIND = "expense"


def expenses_deleted(username: str) -> list[tuple[Thrown, Expense]]:
    """What a user deleted within 30 days, the latest first; 1 request."""
    return [(thrown, expense_from_item(dict(thrown.row))) for thrown in thrown_newest(username, KIND)]
