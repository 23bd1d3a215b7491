"""Many expenses at once: all or none, quiet, and removed without a trace in the totals."""

from datetime import date
from decimal import Decimal

import pytest

from budgets import selectors, services
from budgets.domain.expense import ExpenseDraft
from budgets.services.booking import commit_booking, prepare_import
from core.accounts.domain import User
from core.errors import InvalidInput
from core.ids import new_id
from core.periods import Month
from core.storage import Attr, InvalidOperation, Put, TransactionCancelled, measured, store
from core.tables import IDEMPOTENCY
from tests.budgets.builders import (
    SPENT_ON,
    TODAY,
    a_draft,
    budgeted,
    check_totals,
    crossings,
    events,
    months_stored,
    record_batch,
    remove_batch,
    spent,
    total,
)

pytestmark = pytest.mark.usefixtures("noon")

IMPORT = "import-1"
SEPTEMBER = date(2026, 9, 30)


def rows_of(*drafts: ExpenseDraft) -> list[tuple[str, ExpenseDraft, str]]:
    """Rows of an import, with new ids."""
    return [(new_id(), draft, IMPORT) for draft in drafts]


def a_mark(key: str) -> Put:
    """A row of the caller's that may be written once."""
    return Put(IDEMPOTENCY, {"username": "alice", "key": key, "reference": "x"}, Attr("key").not_exists(), "mark")


def has_mark(key: str) -> bool:
    return store().get(IDEMPOTENCY, {"username": "alice", "key": key}) is not None


@pytest.mark.every_backend
def test_a_batch_is_recorded_with_the_totals_of_its_months(alice: User) -> None:
    rows = rows_of(a_draft("10"), a_draft("7", "Travel", SEPTEMBER), a_draft("2", refund=True))
    with measured() as usage:
        result = record_batch(alice, rows, also=[a_mark("one")])
    assert usage.requests == 2
    assert [each.expense_id for each in result.expenses] == [expense_id for expense_id, _, _ in rows]
    assert selectors.expenses_by_id("alice", [rows[0][0], rows[2][0]]) == [result.expenses[0], result.expenses[2]]
    assert {each.import_id for each in result.expenses} == {IMPORT}
    assert (result.passed_over, has_mark("one")) == ((), True)
    assert (total(alice), total(alice, "Travel", Month(2026, 9))) == ((Decimal(8), 2), (Decimal(7), 1))
    [event] = events("budgets.expenses_imported")
    assert event.payload == {"import_id": IMPORT, "expense_ids": [expense_id for expense_id, _, _ in rows]}
    assert events("budgets.expense_changed") == []


@pytest.mark.every_backend
def test_it_is_quiet_and_says_what_was_crossed(alice: User) -> None:
    budgeted(alice, "100")
    budgeted(alice, "100", "Travel")
    result = record_batch(
        alice, rows_of(a_draft("45"), a_draft("45"), a_draft("500", "Travel"), a_draft("500", "Travel", SEPTEMBER))
    )
    assert (crossings(), events("budgets.large_expense")) == ([], [])
    assert [(each.category, each.spent, each.thresholds, each.exceeded) for each in result.crossings] == [
        (SPENT_ON, Decimal(90), (50, 80), False),
        ("Travel", Decimal(500), (50, 80, 100), True),
    ]
    assert {each.expense_id for each in result.crossings} == {None}
    spent(alice, "5")
    assert crossings() == []
    spent(alice, "6")
    assert crossings() == [(SPENT_ON, [100], True)]


@pytest.mark.every_backend
def test_repeated_it_adds_nothing_and_the_callers_rows_alone_are_written(alice: User) -> None:
    rows = rows_of(a_draft("10"), a_draft("20"))
    record_batch(alice, rows)
    with measured() as usage:
        again = record_batch(alice, rows)
    assert (usage.requests, again.changes, again.passed_over) == (1, (), (rows[0][0], rows[1][0]))
    record_batch(alice, rows, also=[a_mark("again")])
    assert has_mark("again")
    more = record_batch(alice, [*rows, *rows_of(a_draft("30"))], also=[a_mark("more")])
    assert (len(more.expenses), len(more.passed_over), has_mark("more")) == (1, 2, True)
    assert total(alice) == (Decimal(60), 3)


def test_one_bad_row_leaves_all_undone(alice: User) -> None:
    with pytest.raises(InvalidInput) as wrong:
        record_batch(alice, rows_of(a_draft("10"), a_draft("10", "Cars")), also=[a_mark("one")])
    assert list(wrong.value.errors) == ["category"]
    assert (months_stored(alice), has_mark("one")) == ([], False)


@pytest.mark.every_backend
def test_what_the_caller_adds_is_written_too_or_nothing_is(alice: User) -> None:
    rows = rows_of(a_draft("10"))
    record_batch(alice, rows, also=[a_mark("one")])
    with pytest.raises(TransactionCancelled) as cancelled:
        record_batch(alice, rows_of(a_draft("20")), also=[a_mark("two"), a_mark("one")])
    assert cancelled.value.failed("mark")
    with pytest.raises(TransactionCancelled):
        remove_batch(alice, [rows[0][0]], import_id=IMPORT, also=[a_mark("one")])
    assert not has_mark("two")
    assert total(alice) == (Decimal(10), 1)


def test_the_caller_may_write_what_the_batch_is_about_to_do(alice: User) -> None:
    budgeted(alice, "100")
    [(expense_id, draft, _)] = rows_of(a_draft("85"))
    booking = prepare_import(alice, {expense_id: draft}, IMPORT)
    assert (booking.expenses[0].version, total(alice)) == (1, (Decimal(0), 0))
    commit_booking(booking, also=[a_mark(f"crossed {list(booking.crossings[0].thresholds)}")])
    assert has_mark("crossed [50, 80]")
    assert booking.expenses == (selectors.expense_get("alice", expense_id),)


@pytest.mark.every_backend
def test_removed_again_it_leaves_no_trace_in_the_totals(alice: User) -> None:
    kept = spent(alice, "1")
    rows = rows_of(a_draft("10"), a_draft("20", day=SEPTEMBER), a_draft("30"), a_draft("40"))
    record_batch(alice, rows)
    gone, edited, *others = [expense_id for expense_id, _, _ in rows]
    services.expense_delete(alice, gone)
    services.expense_change(alice, edited, a_draft("25", "Travel", TODAY))
    with measured() as usage:
        result = remove_batch(
            alice, [gone, edited, *others, kept.expense_id], import_id=IMPORT, also=[a_mark("undone")]
        )
    assert usage.requests == 2
    assert [each.expense_id for each in result.expenses] == others
    assert set(result.passed_over) == {edited, kept.expense_id}
    assert (total(alice), has_mark("undone")) == ((Decimal(1), 1), True)
    assert total(alice, "Travel") == (Decimal(25), 1)
    assert events("budgets.expenses_imported")[-1].payload["expense_ids"] == others
    check_totals(alice)


@pytest.mark.every_backend
def test_where_nothing_is_left_only_the_callers_rows_are_written(alice: User) -> None:
    with measured() as usage:
        result = remove_batch(alice, [new_id()], import_id=IMPORT, also=[a_mark("undone")])
    assert (usage.requests, result.expenses, has_mark("undone")) == (2, (), True)
    assert remove_batch(alice, [new_id()], import_id=IMPORT).expenses == ()
    assert events("budgets.expenses_imported") == []


@pytest.mark.every_backend
def test_nobody_removes_what_is_not_theirs(alice: User, bob: User) -> None:
    rows = rows_of(a_draft("10"))
    record_batch(alice, rows)
    result = remove_batch(bob, [rows[0][0]], import_id=IMPORT)
    assert (result.changes, result.passed_over) == ((), ())
    assert total(alice) == (Decimal(10), 1)


def test_ninety_rows_go_in_one_transaction_and_a_hundred_do_not(alice: User) -> None:
    record_batch(alice, rows_of(*[a_draft(str(number + 1)) for number in range(90)]))
    assert total(alice) == (Decimal(4095), 90)
    with pytest.raises(InvalidOperation):
        record_batch(alice, rows_of(*[a_draft() for _ in range(99)]))
    assert total(alice) == (Decimal(4095), 90)
