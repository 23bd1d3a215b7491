"""Receipts: what an expense names is written down, and the file is there."""

from __future__ import annotations

from collections.abc import Iterable

from budgets.reconciling.rows import about_expense, expenses_of
from budgets.repositories.receipts import receipt_from_item
from budgets.tables import RECEIPTS
from core.private_files import private_files
from core.reconciling.rules import Account, Disagreement


def receipts_are_there(account: Account) -> Iterable[Disagreement]:
    """Every receipt that an expense names has its row, of that expense, which says the same; and its file is there.

    Asks the storage of private files once for each receipt.
    """
    known = {item["key"]: receipt_from_item(item) for item in account.of(RECEIPTS)}
    for expense in expenses_of(account):
        receipt = expense.receipt
        if receipt is None:
            continue
        row = known.get(receipt.key)
        if row is None:
            yield about_expense(expense, f"names the receipt {receipt.key}, of which there is no row")
        elif (row.expense_id, row.receipt) != (expense.expense_id, receipt):
            yield about_expense(expense, f"names the receipt {receipt.key}, of which its row says otherwise")
        if not private_files().exists(receipt.key):
            yield about_expense(expense, f"names the receipt {receipt.key}, of which there is no file")
