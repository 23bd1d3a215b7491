"""Totals counted anew from the expenses themselves."""

from __future__ import annotations

from collections.abc import Iterable

from budgets.domain.expense import Expense, movements_of
from budgets.domain.month import MonthTotals
from core.months import Month


def recounted(username: str, expenses: Iterable[Expense]) -> dict[Month, MonthTotals]:
    """What the totals of each month with an expense must be, but for what was told."""
    months: dict[Month, MonthTotals] = {}
    for expense in expenses:
        totals = months.get(expense.month, MonthTotals(username, expense.month))
        months[expense.month] = totals.moved(movements_of(None, expense))
    return months
