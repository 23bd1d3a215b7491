"""Receipts: kept before they are named, named by one expense, restored within 30 days, and removed after 31."""

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from budgets import selectors, services
from budgets.domain.expense import Receipt
from budgets.repositories.receipts import receipt_from_item, receipts_of
from budgets.selectors.receipts import receipt_link
from budgets.services import receipts
from budgets.services.receipts.attachment import file_name_of
from core.accounts.domain import User
from core.accounts.services.closure import account_close, account_erase
from core.errors import InvalidInput, NotFound
from core.ids import new_id
from core.private_files import private_files
from core.reading import every
from core.storage import StoreUnavailable, measured
from core.tables import FILE_KEPT
from tests.accounts.exports import exported_of
from tests.budgets.builders import a_draft, check_totals, spent
from tests.budgets.receipt_files import a_pdf, a_picture
from tests.budgets.receipts import attached, is_there, receipt_now, swept
from tests.builders import a_user
from tests.times import NOON

pytestmark = pytest.mark.usefixtures("noon")

every_backend = pytest.mark.every_backend
DAY = timedelta(days=1)


@every_backend
def test_a_receipt_is_kept_named_and_read(alice: User) -> None:
    expense = spent(alice, merchant="Bakery")

    receipt = attached(alice, expense, a_pdf(), "my bill.PDF")

    assert receipt == Receipt(receipt.key, "my bill.pdf", "application/pdf", len(a_pdf()), NOON)
    assert selectors.expense_get("alice", expense.expense_id).receipt == receipt
    with private_files().open(receipt.key) as file:
        assert file.read() == a_pdf()
    check_totals(alice)


@every_backend
def test_another_takes_its_place_and_either_comes_back(alice: User) -> None:
    expense = spent(alice)
    first = attached(alice, expense)
    second = attached(alice, expense, a_picture("PNG"))
    assert first.key != second.key
    assert receipt_now(alice, expense) == second

    receipts.receipt_restore(alice, expense.expense_id, file_name_of(first.key))
    assert receipt_now(alice, expense) == first
    receipts.receipt_restore(alice, expense.expense_id, file_name_of(second.key))
    assert receipt_now(alice, expense) == second


@every_backend
def test_a_removed_one_comes_back_and_repeating_changes_nothing(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    name = receipts.receipt_remove(alice, expense.expense_id)
    assert receipt_now(alice, expense) is None
    with pytest.raises(NotFound):
        receipts.receipt_remove(alice, expense.expense_id)

    for _ in range(2):
        assert receipts.receipt_restore(alice, expense.expense_id, name).receipt == receipt


def test_edits_keep_the_receipt_and_deleting_keeps_it_with_the_expense(alice: User) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    changed = services.expense_change(alice, expense.expense_id, a_draft("11"))
    assert changed.receipt == receipt

    entry = services.expense_delete(alice, expense.expense_id)
    assert services.expense_restore(alice, entry).receipt == receipt
    assert is_there(receipt)


def test_an_edit_from_before_the_receipt_is_refused_rather_than_losing_it(alice: User) -> None:
    expense = spent(alice)
    attached(alice, expense)
    assert selectors.expense_get("alice", expense.expense_id).version == expense.version + 1


def test_bad_content_is_refused_and_leaves_nothing(alice: User) -> None:
    expense = spent(alice)
    with pytest.raises(InvalidInput) as refused:
        receipts.receipt_attach(alice, expense.expense_id, io.BytesIO(b"<html>"), "bill.jpg")
    assert list(refused.value.errors) == ["file"]
    assert list(every(receipts_of("alice"))) == []
    assert receipt_now(alice, expense) is None


@every_backend
def test_nobody_reaches_the_receipt_of_somebody_else(alice: User) -> None:
    bob = a_user("bob")
    expense = spent(bob)
    receipt = attached(bob, expense)
    removed = receipts.receipt_remove(bob, expense.expense_id)
    for attempt in (
        lambda: receipts.receipt_attach(alice, expense.expense_id, io.BytesIO(a_picture()), "x"),
        lambda: receipts.receipt_remove(alice, expense.expense_id),
        lambda: receipts.receipt_restore(alice, expense.expense_id, removed),
        lambda: receipt_link("alice", expense.expense_id),
    ):
        with pytest.raises(NotFound):
            attempt()
    mine = spent(alice)
    with pytest.raises(NotFound):
        receipts.receipt_restore(alice, mine.expense_id, removed)
    assert list(every(receipts_of("alice"))) == []
    assert is_there(receipt)


def test_a_file_is_for_the_expense_that_it_was_sent_for(alice: User) -> None:
    expense, other = spent(alice), spent(alice)
    attached(alice, expense)
    name = receipts.receipt_remove(alice, expense.expense_id)
    with pytest.raises(NotFound):
        receipts.receipt_restore(alice, other.expense_id, name)


@pytest.mark.parametrize("expense_id", ["none", "019a9f3c-5c00-7abc-8def-0123456789ab"])
def test_an_expense_that_is_not_there_takes_none(alice: User, expense_id: str) -> None:
    with pytest.raises(NotFound):
        receipts.receipt_attach(alice, expense_id, io.BytesIO(a_picture()), "x.jpg")
    assert list(every(receipts_of("alice"))) == []


@every_backend
def test_a_closed_account_takes_none(alice: User) -> None:
    expense = spent(alice)
    account_close(alice)
    with pytest.raises(NotFound):
        receipts.receipt_attach(alice, expense.expense_id, io.BytesIO(a_picture()), "x.jpg")


def test_requests(alice: User) -> None:
    expense = spent(alice)
    with measured() as attaching:
        attached(alice, expense)
    with measured() as removing:
        name = receipts.receipt_remove(alice, expense.expense_id)
    with measured() as restoring:
        receipts.receipt_restore(alice, expense.expense_id, name)
    assert (attaching.requests, removing.requests, restoring.requests) == (3, 2, 3)


def test_many_at_once_leave_one_that_is_named_and_the_others_marked(alice: User) -> None:
    expense = spent(alice)

    def change(number: int) -> None:
        attached(alice, expense, name=f"{number}.jpg")
        services.expense_change(alice, expense.expense_id, a_draft(str(number + 1)))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(change, range(16)))

    named = receipt_now(alice, expense)
    rows = [receipt_from_item(item) for item in every(receipts_of("alice"))]
    assert len(rows) == 16
    assert [each.receipt for each in rows if each.unreferenced_since is None] == [named]
    assert all(is_there(each.receipt) for each in rows)
    check_totals(alice)


class TestInterrupted:
    """A crash between two writes: no expense names what is not there, and what is left is found."""

    def test_before_the_file_is_kept(self, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
        expense = spent(alice)

        def full(*_: object, **__: object) -> str:
            raise OSError("no space left")

        with monkeypatch.context() as patch:
            patch.setattr(type(private_files()), "save", full)
            with pytest.raises(OSError, match="no space"):
                attached(alice, expense)
        assert receipt_now(alice, expense) is None
        assert len(list(every(receipts_of("alice")))) == 1
        assert swept(NOON + FILE_KEPT + DAY) == 1
        assert list(every(receipts_of("alice"))) == []

    def test_before_the_expense_names_it(self, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
        expense = spent(alice)
        kept: list[str] = []
        save = type(private_files()).save

        def then_killed(storage: object, name: str, content: object) -> str:
            kept.append(save(storage, name, content))  # type: ignore[arg-type]
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(type(private_files()), "save", then_killed)
            with pytest.raises(KeyboardInterrupt):
                attached(alice, expense)
        assert receipt_now(alice, expense) is None
        assert private_files().exists(kept[0])
        assert swept(NOON + FILE_KEPT - DAY) == 0
        assert swept(NOON + FILE_KEPT + DAY) == 1
        assert not private_files().exists(kept[0])

    def test_while_removing(self, alice: User, monkeypatch: pytest.MonkeyPatch) -> None:
        expense = spent(alice)
        receipt = attached(alice, expense)
        receipts.receipt_remove(alice, expense.expense_id)

        def away(*_: object) -> None:
            raise StoreUnavailable("the bucket cannot be reached")

        with monkeypatch.context() as patch:
            patch.setattr(type(private_files()), "delete", away)
            with pytest.raises(StoreUnavailable):
                swept(NOON + FILE_KEPT + DAY)
        assert is_there(receipt)
        assert swept(NOON + FILE_KEPT + DAY) == 1
        assert not is_there(receipt)


@every_backend
def test_erasing_an_account_removes_its_files_and_no_others(alice: User) -> None:
    bob = a_user("bob")
    bobs = attached(bob, spent(bob))
    expense = spent(alice)
    first, second = attached(alice, expense), attached(alice, expense)
    deleted = spent(alice)
    third = attached(alice, deleted)
    services.expense_delete(alice, deleted.expense_id)

    account_erase("alice")

    assert [is_there(each) for each in (first, second, third, bobs)] == [False, False, False, True]
    assert list(every(receipts_of("alice"))) == []


class Interrupted(io.BytesIO):
    """A file during whose keeping something else happens, once its row is there."""

    def __init__(self, happens: Callable[[], object]) -> None:
        super().__init__(a_picture())
        self._happens: Callable[[], object] | None = happens
        self.key = ""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go there; the first time that a row speaks of the file, the other thing happens."""
        rows = list(every(receipts_of("alice"))) if self._happens else []
        if self._happens and rows:
            happens, self._happens = self._happens, None
            self.key = rows[0]["key"]
            happens()
        return super().seek(offset, whence)


@every_backend
@pytest.mark.parametrize("rows_too", [True, False])
def test_a_file_that_comes_while_the_account_is_erased_does_not_outlive_it(alice: User, rows_too: bool) -> None:
    expense = spent(alice)

    def erase() -> None:
        account_close(alice)
        receipts.receipts_close("alice")
        if rows_too:
            account_erase("alice")

    file = Interrupted(erase)
    with pytest.raises(NotFound):
        receipts.receipt_attach(alice, expense.expense_id, file, "x.jpg")
    assert file.key
    assert not private_files().exists(file.key)


def test_the_export_of_an_account_names_its_receipts(alice: User) -> None:
    receipt = attached(alice, spent(alice), name="lunch.jpg")
    tables = exported_of(alice).rows
    assert [(row["name"], row["key"]) for row in tables["Receipts"]] == [("lunch.jpg", receipt.key)]
    assert tables["Expenses"][0]["receipt"]["name"] == "lunch.jpg"


@pytest.mark.parametrize("file_name", ["x" * 101, "x" * 2_000, "語" * 100, "\x00", "..", ""])
def test_a_file_name_that_nobody_has_made_is_not_found(alice: User, file_name: str) -> None:
    expense = spent(alice)
    receipt = attached(alice, expense)
    with pytest.raises(NotFound):
        receipts.receipt_restore(alice, expense.expense_id, file_name)
    assert receipt_now(alice, expense) == receipt


def test_an_id_that_nobody_has_made_changes_nothing(alice: User) -> None:
    with pytest.raises(NotFound):
        receipts.receipt_restore(alice, new_id(), "x.jpg")
