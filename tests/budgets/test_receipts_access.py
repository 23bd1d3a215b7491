"""Each question to the table of receipts is one request."""

import io
from datetime import timedelta

import pytest

from budgets.domain.expense import Expense, Receipt
from budgets.repositories import receipts as rows
from budgets.repositories.expenses import expense_address, expense_from_item, expense_replace
from budgets.repositories.receipts import receipt_from_item
from budgets.services import receipts
from core.accounts.domain import User
from core.storage import store
from core.tables import FILE_KEPT
from tests.budgets.builders import spent
from tests.budgets.receipt_files import a_picture
from tests.counting import got, one_request, queried
from tests.times import NOON

pytestmark = [pytest.mark.every_backend, pytest.mark.usefixtures("noon")]


@pytest.fixture
def attached(alice: User) -> tuple[Expense, Receipt]:
    """An expense, and the second receipt that it was given."""
    expense = spent(alice)
    receipts.receipt_attach(alice, expense.expense_id, io.BytesIO(a_picture()), "first.jpg")
    after = receipts.receipt_attach(alice, expense.expense_id, io.BytesIO(a_picture()), "second.jpg")
    assert after.receipt is not None
    return after, after.receipt


def test_receipts_one(attached: tuple[Expense, Receipt]) -> None:
    expense, receipt = attached
    item = got(rows.receipt_address("alice", receipt.key))
    assert item is not None
    found = receipt_from_item(item)
    assert (found.expense_id, found.receipt, found.unreferenced_since) == (expense.expense_id, receipt, None)


def test_receipts_of_a_user(attached: tuple[Expense, Receipt], bob: User) -> None:
    assert {item["name"] for item in queried(rows.receipts_of("alice")).items} == {"first.jpg", "second.jpg"}
    assert queried(rows.receipts_of("bob")).items == ()


def test_receipts_written_with_their_expense(attached: tuple[Expense, Receipt], alice: User) -> None:
    expense, receipt = attached
    get = expense_address("alice", expense.expense_id)
    item = store().get(get.table, get.key, consistent=True)
    assert item is not None
    changed = expense_replace(expense_from_item(item))
    with one_request():
        unnamed = rows.receipt_unnamed("alice", expense.expense_id, receipt, NOON)
        store().transact_write([changed, unnamed])
    assert receipt_from_item(got(rows.receipt_address("alice", receipt.key)) or {}).unreferenced_since == NOON


def test_receipts_to_look_at(attached: tuple[Expense, Receipt]) -> None:
    before, due = NOON + FILE_KEPT - timedelta(seconds=1), NOON + FILE_KEPT
    assert queried(rows.receipts_to_look_at(before, 10)).items == ()
    assert {item["name"] for item in queried(rows.receipts_to_look_at(due, 10)).items} == {"first.jpg", "second.jpg"}
    assert len(queried(rows.receipts_to_look_at(due, 1)).items) == 1
