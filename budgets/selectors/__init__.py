"""Reads of expenses and budgets, for their own pages and for other apps."""

from budgets.domain.budget import BudgetDraft
from budgets.domain.categories import CATEGORIES
from budgets.domain.expense import Expense, ExpenseDraft, Receipt
from budgets.domain.expense_filter import ExpenseFilter
from budgets.selectors.expenses import expense_get, expenses_by_id, expenses_deleted, expenses_every, expenses_newest
from budgets.selectors.months import (
    categories_of,
    current_month,
    definitions_of,
    month_summary,
    months_between,
    today_of,
)
from budgets.selectors.reports import Sum, expenses_sum, sum_of
from core.periods import Month

__all__ = [
    "CATEGORIES",
    "BudgetDraft",
    "Expense",
    "ExpenseDraft",
    "ExpenseFilter",
    "Month",
    "Receipt",
    "Sum",
    "categories_of",
    "current_month",
    "definitions_of",
    "expense_get",
    "expenses_by_id",
    "expenses_deleted",
    "expenses_every",
    "expenses_newest",
    "expenses_sum",
    "month_summary",
    "months_between",
    "sum_of",
    "today_of",
]
