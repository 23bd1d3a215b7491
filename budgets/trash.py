"""Expenses that were deleted and can be restored."""

from budgets.repositories.expenses import expense_from_item
from core.trash import Kind

DELETED_EXPENSES = Kind("expense", expense_from_item)
