"""Imports from upload to undo."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from budgets import services
from budgets.domain.importing.record import Status
from budgets.services import imports
from core.accounts.domain import User
from core.accounts.services.closure import account_close
from core.errors import Refused
from core.storage import measured
from tests.budgets.builders import budgeted, check_totals, crossings, events, months_stored, spent, total
from tests.budgets.importing.builders import (
    BROKEN,
    MILK,
    PAY,
    RENT,
    TEA,
    confirmed,
    expenses,
    imported,
    keys,
    now,
    rows,
    said,
    states,
    undone,
    uploaded,
    worked,
)
from tests.builders import a_user, there
from tests.times import NOON


@pytest.mark.every_backend
def test_a_file_is_previewed_confirmed_worked_and_undone() -> None:
    alice = a_user()
    spent(alice, "20")
    before = months_stored(alice)

    found = uploaded(alice, TEA, TEA, MILK, RENT, PAY, BROKEN)
    assert found.status is Status.PREVIEW
    assert states(found) == ["new", "new", "new", "new", "credit", "error"]
    assert found.counts == {"new": 4, "duplicate": 0, "alike": 0, "credit": 1, "error": 1}
    assert len(expenses(alice)) == 1

    running = confirmed(alice, found)
    assert (running.status, running.total, running.behind) == (Status.RUNNING, 4, 0)
    assert not imports.work("alice", found.import_id)

    done = now(found)
    assert (done.status, done.added, done.duplicates, done.refused) == (Status.DONE, 4, 0, 0)
    assert said(alice)[date(2026, 11, 20), "Tea", Decimal("3.50")] == 2
    assert {each.import_id for each in expenses(alice)} == {None, found.import_id}
    assert total(alice, "Other") == (Decimal("8.20"), 3)
    check_totals(alice)
    (told,) = events("budgets.import_finished")
    assert (told.payload["added"], told.payload["duplicates"], told.payload["errors"]) == (4, 0, 1)

    imports.import_undo(alice, found.import_id)
    assert not imports.work("alice", found.import_id)
    assert (now(found).status, now(found).removed, now(found).kept) == (Status.UNDONE, 4, ())
    assert len(expenses(alice)) == 1
    assert keys(alice) == set()
    check_totals(alice)
    assert [(each.month, each.categories) for each in months_stored(alice) if each.count] == [
        (each.month, each.categories) for each in before
    ]


@pytest.mark.every_backend
def test_more_rows_than_a_transaction_takes_are_worked_in_steps() -> None:
    alice = a_user()
    text = [f"2026-{month:02d}-{day:02d},Shop {day},-{day}.10\n" for month in (9, 10) for day in range(1, 28)]

    done = imported(alice, *text)

    assert (done.status, done.added) == (Status.DONE, 54)
    assert done.version > 2
    assert keys(alice) == {each.expense_id for each in expenses(alice)}
    check_totals(alice)
    assert undone(alice, done).removed == 54
    assert expenses(alice) == []
    check_totals(alice)


def test_the_same_file_twice_adds_nothing() -> None:
    alice = a_user()
    imported(alice, TEA, TEA, MILK)
    before = said(alice)

    again = uploaded(alice, TEA, TEA, MILK)

    assert states(again) == ["duplicate"] * 3
    assert {row.expense_id for row in rows(again)} == {each.expense_id for each in expenses(alice)}
    with pytest.raises(Refused) as refused:
        confirmed(alice, again)
    assert refused.value.code == "import_empty"
    assert said(alice) == before


def test_a_file_that_overlaps_adds_what_is_new() -> None:
    alice = a_user()
    imported(alice, TEA, MILK)

    more = imported(alice, TEA, TEA, MILK, RENT)

    assert (more.added, more.counts["duplicate"]) == (2, 2)
    assert sum(said(alice).values()) == 4
    check_totals(alice)


def test_two_imports_of_the_same_file_at_once_add_it_once() -> None:
    alice = a_user()
    one, other = uploaded(alice, TEA, MILK), uploaded(alice, TEA, MILK, RENT)
    confirmed(alice, one)
    confirmed(alice, other)

    assert worked(one).added == 2
    done = worked(other)

    assert (done.added, done.duplicates, done.status) == (1, 2, Status.DONE)
    assert sum(said(alice).values()) == 3
    check_totals(alice)
    undone(alice, done)
    assert sum(said(alice).values()) == 2
    assert len(keys(alice)) == 2


@pytest.mark.parametrize(("wish", "added"), [("skip", 1), ("refund", 2)])
def test_credits_are_passed_over_or_taken_as_refunds(wish: str, added: int) -> None:
    alice = a_user()
    done = imported(alice, TEA, PAY, credits=wish)
    assert done.added == added
    assert [each.amount for each in expenses(alice) if each.is_refund] == [Decimal("-2000.00")] * (added - 1)
    check_totals(alice)


def test_a_row_like_an_expense_entered_by_hand_is_left_out_unless_it_is_ticked() -> None:
    alice = a_user()
    by_hand = spent(alice, "3.50", "Shopping")
    found = uploaded(alice, TEA, TEA, MILK)
    assert states(found) == ["alike", "new", "new"]
    assert rows(found)[0].expense_id == by_hand.expense_id

    assert worked(confirmed(alice, found)).added == 2
    assert imported(alice, TEA, TEA, MILK, include=(2,)).added == 1
    assert sum(said(alice).values()) == 4

    bob = a_user("bob")
    spent(bob, "3.50")
    assert imported(bob, TEA, possible_duplicates="add").added == 1


def test_what_was_deleted_by_hand_is_not_brought_back_by_importing_again() -> None:
    alice = a_user()
    imported(alice, TEA, MILK)
    tea = next(each for each in expenses(alice) if each.merchant == "Tea")
    services.expense_delete(alice, tea.expense_id)

    assert states(uploaded(alice, TEA, MILK)) == ["duplicate", "duplicate"]


def test_after_an_undo_the_file_can_be_imported_again() -> None:
    alice = a_user()
    undone(alice, imported(alice, TEA, MILK))
    assert imported(alice, TEA, MILK).added == 2
    check_totals(alice)


def test_an_undo_leaves_what_was_changed_and_names_it_and_what_was_deleted_stays_deleted() -> None:
    alice = a_user()
    done = imported(alice, TEA, MILK, RENT)
    milk, tea = (next(each for each in expenses(alice) if each.merchant == name) for name in ("Milk", "Tea"))
    services.expense_change(alice, tea.expense_id, tea.draft)
    changed = tea.draft.__class__(Decimal(4), "Travel", tea.day)
    services.expense_change(alice, tea.expense_id, changed)
    services.expense_delete(alice, milk.expense_id)

    after = undone(alice, done)

    assert (after.removed, after.kept, after.kept_count) == (1, (tea.expense_id,), 1)
    assert [each.expense_id for each in expenses(alice)] == [tea.expense_id]
    assert states(uploaded(alice, TEA, MILK, RENT)) == ["duplicate", "duplicate", "new"]
    check_totals(alice)


def test_thresholds_are_in_one_summary_and_not_again_later() -> None:
    alice = a_user()
    budgeted(alice, "100", "Other")
    lines = [f"2026-11-{day:02d},Shop,-{amount}\n" for day, amount in ((1, 45), (2, 10), (3, 30), (4, 20))]

    done = imported(alice, *lines * 20)

    assert crossings() == []
    (told,) = events("budgets.import_finished")
    (crossing,) = told.payload["crossed"]
    assert (crossing["category"], crossing["thresholds"], crossing["exceeded"]) == ("Other", [50, 80, 100], True)
    assert crossing["spent"] == total(alice, "Other")[0]
    assert done.crossed[0].spent == crossing["spent"]
    spent(alice, "1", "Other")
    assert crossings() == []


def test_what_refunds_of_the_same_import_take_back_does_not_notify_and_may_do_so_later() -> None:
    alice = a_user()
    budgeted(alice, "100", "Other")
    spending = [f"2026-11-{day:02d},Shop {day},-120.00\n" for day in range(1, 20)] * 3
    refunds = [f"2026-11-{day:02d},Shop {day},119.00\n" for day in range(1, 20)] * 3

    done = imported(alice, *spending, *refunds, credits="refund")

    (told,) = events("budgets.import_finished")
    (crossing,) = told.payload["crossed"]
    assert (crossing["spent"], crossing["thresholds"], crossing["exceeded"]) == (Decimal(57), [50], False)
    assert [(each.thresholds, each.exceeded) for each in done.crossed] == [((50,), False)]
    check_totals(alice)
    spent(alice, "50", "Other")
    assert crossings() == [("Other", [80, 100], True)]


def test_what_refunds_take_back_altogether_leaves_nothing_to_notify_of() -> None:
    alice = a_user()
    budgeted(alice, "100", "Other")
    there_and_back = [f"2026-11-{day:02d},Shop {day},{amount}\n" for amount in ("-50", "50") for day in range(1, 19)]

    done = imported(alice, *there_and_back * 3, credits="refund")

    (told,) = events("budgets.import_finished")
    assert (told.payload["crossed"], told.payload["channels"], done.crossed) == ([], [], ())
    assert total(alice, "Other")[0] == 0
    check_totals(alice)


def test_rows_may_be_included_in_any_order_and_twice() -> None:
    alice = a_user()
    for day in (17, 18, 19):
        spent(alice, "1.20", day=date(2026, 11, day))
    lines = [f"2026-11-{day},Milk,-1.20\n" for day in (17, 18, 19)]
    found = uploaded(alice, *lines)
    assert states(found) == ["alike"] * 3
    done = worked(confirmed(alice, found, include=(4, 2, 4)))
    assert (done.choices.include, done.total, done.added) == ((2, 4), 2, 2)
    assert [each.day.day for each in expenses(alice) if each.import_id] == [17, 19]


def test_a_category_that_was_removed_meanwhile_is_an_error_of_its_rows() -> None:
    alice = a_user()
    services.category_add(alice, "Pets")
    head = "Date,Payee,Amount,Category\n"
    lines = [f"2026-11-{day:02d},Shop,-{day}.00,{'Pets' if day == 7 else 'Travel'}\n" for day in range(1, 12)]
    found = confirmed(alice, uploaded(alice, *lines, head=head))
    services.category_remove(alice, "Pets")

    done = worked(found)

    assert (done.status, done.added, done.refused) == (Status.DONE, 10, 1)
    ((number, reason),) = done.refusals
    assert number == 8
    assert "category was not found" in reason
    check_totals(alice)


def test_the_reason_of_a_refused_row_is_short_however_many_categories_there_are() -> None:
    alice = a_user()
    for number in range(50):
        services.category_add(alice, f"{number:02d}{'語' * 48}")
    gone = f"07{'語' * 48}"
    head = "Date,Payee,Amount,Category\n"
    found = confirmed(alice, uploaded(alice, f"2026-11-07,Shop,-7.00,{gone}\n", head=head))
    services.category_remove(alice, gone)

    ((number, reason),) = worked(found).refusals
    assert (number, len(reason)) == (2, 300)
    assert reason.endswith("…")


def test_an_import_whose_work_is_late_is_done_all_the_same() -> None:
    alice = a_user()
    found = confirmed(alice, uploaded(alice, TEA))
    with time_machine.travel(NOON + timedelta(days=6), tick=True):
        assert worked(found).added == 1
        assert undone(alice, now(found)).removed == 1


def test_the_schedule_finds_what_no_worker_is_at() -> None:
    alice = a_user()
    found = confirmed(alice, uploaded(alice, TEA))
    imports.work_imports()
    assert now(found).status is Status.RUNNING  # somebody may still be at it

    with time_machine.travel(NOON + timedelta(seconds=30), tick=True):
        imports.work_imports()
        assert now(found).status is Status.DONE
        with measured() as counts:
            imports.work_imports()
        assert counts.requests == 1


def test_imports_that_cannot_be_worked_keep_no_other_waiting() -> None:
    closing = [there(User(f"closing_{number}", f"c{number}@example.com")) for number in range(11)]
    stuck = [confirmed(user, uploaded(user, TEA)) for user in closing]
    for user in closing:
        account_close(user)
    alice = a_user()
    found = confirmed(alice, uploaded(alice, TEA))
    with time_machine.travel(NOON + timedelta(seconds=30), tick=True):
        imports.work_imports()
        assert {now(each).status for each in stuck} == {Status.RUNNING}
        assert now(found).status is Status.DONE


def test_a_preview_and_each_step_cost_a_few_requests() -> None:
    alice = a_user()
    lines = [f"2026-11-{day:02d},Shop {day},-1.00\n" for day in range(1, 21)]
    with measured() as counts:
        found = uploaded(alice, *lines)
    # what is set and the import; keys; expenses of these days; all in one transaction
    assert counts.requests == 4
    with measured() as counts:
        now(found)
        rows(found)
    assert counts.requests == 2
    with measured() as counts:
        running = confirmed(alice, found)
    assert counts.requests == 3
    with measured() as counts:
        done = worked(running)
    # user, import, rows; one step: what it rests on, the transaction; the end: channels, the transaction; the look here
    assert counts.requests == 8
    with measured() as counts:
        undone(alice, done)
    # asking for it; user, import, rows; one step: rows and marks, what it rests on, all at once; the end; the look
    assert counts.requests == 10
