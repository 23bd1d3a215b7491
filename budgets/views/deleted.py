"""Deleting expenses, and restoring them."""

from budgets import selectors, services
from core.deleted_pages import DeletedPages

EXPENSES = DeletedPages(
    name="expense",
    names="expenses",
    deleted=selectors.expenses_deleted,
    delete=services.expense_delete,
    restore=services.expense_restore,
    template="budgets/deleted.html",
    list_url="budgets:expenses",
    deleted_url="budgets:expenses-deleted",
    restore_url="budgets:expense-restore",
    page_url="budgets:expense",
    deleted_text="The expense was deleted.",
    restored_text="The expense was restored.",
)
