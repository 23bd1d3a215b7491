"""Receipts as tests of them attach them and look at them."""

import io
from datetime import datetime

from budgets import selectors
from budgets.domain.expense import Expense, Receipt
from budgets.services import receipts
from core.accounts.domain import User
from core.private_files import private_files
from tests.budgets.receipt_files import a_picture
from tests.times import at


def attached(user: User, expense: Expense, content: bytes = b"", name: str = "bill.jpg") -> Receipt:
    """The receipt that the expense has after it was given this file."""
    changed = receipts.receipt_attach(user, expense.expense_id, io.BytesIO(content or a_picture()), name)
    assert changed.receipt is not None
    return changed.receipt


def receipt_now(user: User, expense: Expense) -> Receipt | None:
    return selectors.expense_get(user.username, expense.expense_id).receipt


def is_there(receipt: Receipt) -> bool:
    return private_files().exists(receipt.key)


def swept(moment: datetime) -> int:
    """How many files a look at this time removes."""
    with at(moment):
        return receipts.receipts_sweep(moment)
