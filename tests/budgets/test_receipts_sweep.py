"""Files of receipts that no expense names are removed after 31 days, and no others."""

from datetime import timedelta

import pytest
from django.utils.module_loading import import_string

from budgets import services
from budgets.repositories.receipts import receipts_to_look_at
from budgets.services import receipts
from core import periodic
from core.accounts.domain import User
from core.errors import NotFound
from core.storage import Store
from core.tables import FILE_KEPT, TRASH_KEPT
from tests import stores
from tests.budgets.builders import spent
from tests.budgets.receipts import attached, is_there, receipt_now, swept
from tests.times import NOON, at

pytestmark = pytest.mark.usefixtures("noon")

every_backend = pytest.mark.every_backend
DAY = timedelta(days=1)


@every_backend
def test_a_removed_receipt_goes_after_31_days(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    name = receipts.receipt_remove(alice, expense.expense_id)
    assert swept(NOON + FILE_KEPT - timedelta(seconds=1)) == 0
    assert is_there(receipt)
    assert swept(NOON + FILE_KEPT) == 1
    assert not is_there(receipt)
    with at(NOON + FILE_KEPT), pytest.raises(NotFound):
        receipts.receipt_restore(alice, expense.expense_id, name)


def test_it_cannot_be_restored_once_30_days_are_over(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    name = receipts.receipt_remove(alice, expense.expense_id)
    with at(NOON + TRASH_KEPT + timedelta(seconds=1)), pytest.raises(NotFound):
        receipts.receipt_restore(alice, expense.expense_id, name)
    assert is_there(receipt)


@every_backend
def test_one_that_an_expense_names_stays_for_ever(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    for month in range(1, 15):
        assert swept(NOON + FILE_KEPT * month) == 0
    assert is_there(receipt)


def test_one_of_a_deleted_expense_stays_as_long_as_that_can_be_restored(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    with at(NOON + 29 * DAY):
        entry = services.expense_delete(alice, expense.expense_id)
    assert swept(NOON + 32 * DAY) == 0
    with at(NOON + (29 + 29) * DAY):
        services.expense_restore(alice, entry)
    assert swept(NOON + 90 * DAY) == 0
    assert is_there(receipt)


def test_one_of_an_expense_deleted_for_good_goes(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    with at(NOON + 20 * DAY):
        services.expense_delete(alice, expense.expense_id)
    assert [swept(NOON + days * DAY) for days in (32, 50)] == [0, 0]
    assert is_there(receipt)
    assert swept(NOON + 51 * DAY) == 1
    assert not is_there(receipt)


def test_one_deleted_restored_and_deleted_again_counts_from_the_last_time(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    services.expense_restore(alice, services.expense_delete(alice, expense.expense_id))
    with at(NOON + 30 * DAY):
        entry = services.expense_delete(alice, expense.expense_id)
    assert [swept(NOON + days * DAY) for days in (31, 40, 59)] == [0, 0, 0]
    with at(NOON + 59 * DAY):
        assert services.expense_restore(alice, entry).receipt == receipt
    assert is_there(receipt)


@pytest.mark.parametrize("store", [stores.LAGGING], indirect=True)
def test_what_an_index_says_too_late_removes_nothing(alice: User, store: Store) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    name = receipts.receipt_remove(alice, expense.expense_id)
    store.catch_up()
    with at(NOON + 5 * DAY):
        receipts.receipt_restore(alice, expense.expense_id, name)
    proposed = store.query(receipts_to_look_at(NOON + FILE_KEPT, 10)).items
    assert [item["key"] for item in proposed] == [receipt.key]
    assert swept(NOON + FILE_KEPT) == 0
    assert is_there(receipt)


def test_the_schedule_does_it(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    receipts.receipt_remove(alice, expense.expense_id)
    [entry] = [each for each in periodic.schedule().values() if "receipts" in each["task"]]
    with at(NOON + FILE_KEPT):
        import_string(entry["task"]).delay()
    assert not is_there(receipt)


def test_many_are_looked_at_in_one_run_and_twice_is_as_once(alice: User) -> None:
    expense = spent(alice)
    for _ in range(120):
        attached(alice, expense)
    assert swept(NOON + FILE_KEPT + DAY) == 119
    assert swept(NOON + FILE_KEPT + DAY) == 0
    last = receipt_now(alice, expense)
    assert last is not None
    assert is_there(last)
