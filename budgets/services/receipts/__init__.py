"""Receipts of expenses: a file that is sent, kept in private, and named by its expense.

First the row of the file is written, then the file, and last the expense that names it. Interrupted anywhere, no
expense names what is not there, and every file has a row by which `receipts_sweep` finds it.
"""

from budgets.services.receipts.attachment import receipt_attach, receipt_remove, receipt_restore
from budgets.services.receipts.sweep import receipts_close, receipts_sweep

__all__ = ["receipt_attach", "receipt_remove", "receipt_restore", "receipts_close", "receipts_sweep"]
