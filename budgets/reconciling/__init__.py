"""Rules by which expenses, the totals of months and budgets agree."""

from budgets.reconciling.expenses import budgets_are_of_known_categories, expenses_are_sums_of_money, receipts_are_there
from budgets.reconciling.imports import (
    imports_are_as_far_as_they_say,
    marks_stand_for_expenses,
    rows_of_imports_are_there,
)
from budgets.reconciling.totals import notified_is_of_months_that_began, totals_are_sums_of_expenses

RULES = (
    totals_are_sums_of_expenses,
    notified_is_of_months_that_began,
    expenses_are_sums_of_money,
    budgets_are_of_known_categories,
    receipts_are_there,
    marks_stand_for_expenses,
    imports_are_as_far_as_they_say,
    rows_of_imports_are_there,
)

__all__ = ["RULES"]
