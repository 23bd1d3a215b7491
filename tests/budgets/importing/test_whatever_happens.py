"""Properties that hold for any file, and for a worker that is killed at any point."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets import services
from budgets.domain.importing import packing
from budgets.domain.importing.record import Import, Status
from budgets.domain.month import CategoryTotal
from budgets.services import imports
from budgets.services.imports import worker
from core import wiring
from core.accounts.domain import User
from core.ids import new_id
from core.periods import Month
from core.storage import Store, StoreUnavailable, open_store, using
from tests.budgets.builders import a_draft, budgeted, check_totals, events, months_stored, spent
from tests.budgets.importing.builders import (
    MILK,
    RENT,
    TEA,
    confirmed,
    expenses,
    imported,
    keys,
    now,
    said,
    states,
    undone,
    uploaded,
)
from tests.builders import a_user
from tests.market.faults import BusyStore, DyingStore, Killed
from tests.portfolio.outages import FailingOnce
from tests.times import NOON

Payment = tuple[date, str, Decimal]

PAYMENTS = st.lists(
    st.tuples(
        st.dates(date(2026, 9, 1), date(2026, 11, 20)),
        st.sampled_from(["Tea", "Milk", "Rent", "=1+1", "Ünïcode & Söhne"]),
        st.integers(-2000, 500).filter(bool).map(lambda cents: Decimal(cents) / 100),
    ),
    min_size=1,
    max_size=25,
)
any_file = settings(max_examples=25)


@contextmanager
def a_store_of_its_own() -> Iterator[None]:
    """An empty store, for one example."""
    opened = open_store("memory://")
    opened.create_tables(wiring.tables())
    with using(opened):
        yield
    opened.close()


def lines(payments: list[Payment]) -> list[str]:
    """The rows of a file."""
    return [f"{day},{payee},{amount}\n" for day, payee, amount in payments]


def some_payments(random: Random, count: int) -> list[Payment]:
    """Payments of two months, some of them equal."""
    return [
        (
            NOON.date() - timedelta(days=random.randrange(60)),
            f"Shop {n % 5}",
            Decimal(random.randrange(-300, -100)) / 10,
        )
        for n in range(count)
    ]


def count(payments: list[Payment]) -> Counter[Payment]:
    """How often each payment is to be there as an expense."""
    return Counter((day, payee, -amount) for day, payee, amount in payments)


def totals(user: User) -> list[tuple[Month, dict[str, CategoryTotal]]]:
    """What every month with an expense says."""
    return [
        (each.month, {name: total for name, total in each.categories.items() if total.count})
        for each in months_stored(user)
        if each.count
    ]


@any_file
@given(PAYMENTS)
def test_any_file_imported_twice_adds_nothing_its_rows_survive_and_an_undo_restores_every_total(
    payments: list[Payment],
) -> None:
    with a_store_of_its_own():
        alice = a_user()
        spent(alice, "77.70")
        before, mine = totals(alice), said(alice)

        done = imported(alice, *lines(payments), credits="refund", possible_duplicates="add")

        assert said(alice) - mine == count(payments)
        check_totals(alice)
        assert set(states(uploaded(alice, *lines(payments)))) == {"duplicate"}
        undone(alice, done)
        assert totals(alice) == before
        assert said(alice) == mine
        assert keys(alice) == set()


@any_file
@given(PAYMENTS, PAYMENTS, PAYMENTS)
def test_files_that_overlap_add_each_payment_once(
    old: list[Payment], shared: list[Payment], new: list[Payment]
) -> None:
    with a_store_of_its_own():
        alice = a_user()
        first, second = [*old, *shared], [*shared, *new]
        imported(alice, *lines(first), credits="refund")
        found = uploaded(alice, *lines(second))
        if found.counts["new"] + found.counts["credit"]:
            confirmed(alice, found, credits="refund")
            imports.work("alice", found.import_id)

        assert said(alice) == count(first) | count(second)
        check_totals(alice)


@pytest.mark.parametrize("seed", range(6))
def test_a_worker_killed_again_and_again_loses_and_doubles_nothing(
    seed: int, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "MOST_WRITES", 25)
    random = Random(seed)
    alice = a_user()
    budgeted(alice, "50", "Other")
    payments = some_payments(random, 50)
    found = confirmed(alice, uploaded(alice, *lines(payments)))

    assert killed_until_done(found, random, store) > 2

    assert (now(found).status, now(found).added) == (Status.DONE, 50)
    assert said(alice) == count(payments)
    made = {each.expense_id for each in expenses(alice)}
    assert keys(alice) == made
    check_totals(alice)
    assert len(events("budgets.import_finished")) == 1
    told = [expense_id for event in events("budgets.expenses_imported") for expense_id in event.payload["expense_ids"]]
    assert sorted(told) == sorted(made)

    imports.import_undo(alice, found.import_id)
    assert killed_until_done(found, random, store) > 2
    assert (now(found).status, now(found).removed) == (Status.UNDONE, 50)
    assert (expenses(alice), keys(alice)) == ([], set())
    check_totals(alice)


@pytest.mark.parametrize("is_written", [True, False])
@pytest.mark.parametrize("at_write", range(3))
def test_an_upload_that_is_killed_is_sent_again_and_is_one(
    at_write: int, is_written: bool, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LINES_AT_ONCE", 1)
    alice = a_user()
    import_id, rows = new_id(), lines(some_payments(Random(3), 11))
    with using(DyingStore(store, at_write=at_write, is_written=is_written)), pytest.raises(Killed):
        uploaded(alice, *rows, import_id=import_id)

    found = uploaded(alice, *rows, import_id=import_id)

    assert found.counts["new"] == len(states(found)) == 11
    assert now(found) == found


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_step_without_an_answer_goes_on_where_it_was(moment: str, store: Store) -> None:
    alice = a_user()
    found = confirmed(alice, uploaded(alice, TEA, MILK, RENT))
    with using(FailingOnce(store, moment)), pytest.raises(StoreUnavailable):  # type: ignore[arg-type]
        imports.work("alice", found.import_id)

    imports.work("alice", found.import_id)

    assert (now(found).status, now(found).added) == (Status.DONE, 3)
    assert sum(said(alice).values()) == 3
    check_totals(alice)


@pytest.mark.every_backend
def test_workers_at_the_same_import_and_a_user_beside_them_disturb_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "MOST_WRITES", 25)
    alice = a_user()
    payments = some_payments(Random(7), 40)
    found = confirmed(alice, uploaded(alice, *lines(payments)))

    with ThreadPoolExecutor(6) as threads:
        work = [threads.submit(_worked_to_the_end, found) for _ in range(3)]
        by_hand = [threads.submit(spent, alice, "1", "Other") for _ in range(6)]
        for each in work:
            each.result()
        assert {each.result().amount for each in by_hand} == {Decimal(1)}

    assert (now(found).status, now(found).added) == (Status.DONE, 40)
    assert sum(said(alice).values()) == 46
    assert len(events("budgets.import_finished")) == 1
    check_totals(alice)


def test_an_expense_changed_in_the_middle_of_an_undo_stays(store: Store) -> None:
    alice = a_user()
    found = imported(alice, TEA, MILK)
    tea = next(each for each in expenses(alice) if each.merchant == "Tea")
    imports.import_undo(alice, found.import_id)

    def change() -> None:
        services.expense_change(alice, tea.expense_id, a_draft("9", day=tea.day))

    with using(BusyStore(store, change)):
        imports.work("alice", found.import_id)

    assert (now(found).removed, now(found).kept) == (1, (tea.expense_id,))
    assert [(each.expense_id, each.amount) for each in expenses(alice)] == [(tea.expense_id, Decimal(9))]
    assert keys(alice) == {tea.expense_id}
    check_totals(alice)


def killed_until_done(found: Import, random: Random, opened: Store) -> int:
    """Work the import to its end, killed at one of the next writes each time; how often."""
    kills = 0
    while now(found).status.is_worked:
        dying = DyingStore(opened, at_write=random.randrange(3), is_written=random.random() < 0.5)
        with using(dying):
            try:
                imports.work(found.username, found.import_id)
            except Killed:
                kills += 1
    return kills


def _worked_to_the_end(found: Import) -> None:
    while now(found).status.is_worked:
        imports.work(found.username, found.import_id)
