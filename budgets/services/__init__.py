"""Writes of expenses and budgets.

Each change is one transaction with the totals of the months that it moves, under the condition that nobody else has
changed them, and with its events. Lost races are tried again, then raise StoreUnavailable; the same
call may be repeated under the same id, also where its `outcome_unknown` says that it may have been done. `also` are
writes of the caller that join the transaction; where one of them fails, TransactionCancelled comes through unchanged.
"""

from budgets.services.definitions import alert_channels_set, budget_delete, budget_set, category_add, category_remove
from budgets.services.deletion import expense_delete, expense_restore
from budgets.services.expenses import expense_change, expense_record

__all__ = [
    "alert_channels_set",
    "budget_delete",
    "budget_set",
    "category_add",
    "category_remove",
    "expense_change",
    "expense_delete",
    "expense_record",
    "expense_restore",
]
