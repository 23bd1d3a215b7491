"""16 threads at the expenses of one user: totals add up, and each threshold notifies once."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from random import Random
from threading import Barrier

import pytest
from pytest_django.fixtures import Settings

from budgets import selectors, services
from budgets.domain.budget import BudgetDraft, Judgement, judge
from budgets.domain.expense import Expense, ExpenseDraft
from core.accounts.domain import User
from core.errors import NotFound
from core.idempotency import Claim
from core.ids import new_id
from core.storage import StoreUnavailable, TransactionCancelled, store
from core.tables import IDEMPOTENCY
from tests.budgets.builders import (
    MONTH,
    SPENT_ON,
    TODAY,
    a_draft,
    budgeted,
    check_totals,
    crossings,
    events,
    record_batch,
    remove_batch,
    total,
)

pytestmark = pytest.mark.usefixtures("noon")

THREADS = 16
TRIES = 1000
OCTOBER = date(2026, 10, 31)
ON_FILE_AND_SERVERS = pytest.mark.parametrize(
    "store",
    ["file", *(pytest.param(kind, marks=pytest.mark.services) for kind in ("native", "local"))],
    indirect=True,
)


def until_answered(work: Callable[[], object]) -> None:
    """A 503 is answered by the same request again; what is gone by then was done."""
    for _ in range(TRIES):
        try:
            work()
        except StoreUnavailable:
            continue
        except NotFound:
            return
        return
    raise AssertionError(f"no answer in {TRIES} tries")


def at_once(jobs: Sequence[Callable[[], object]]) -> None:
    """All jobs, each in a thread of its own, started together."""
    barrier = Barrier(len(jobs))

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        job()

    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(run, jobs))


def notified() -> Counter[tuple[str, object]]:
    """How often each threshold of each category notified, and that its budget is exceeded."""
    each: Counter[tuple[str, object]] = Counter()
    for category, thresholds, exceeded in crossings():
        each.update((category, threshold) for threshold in thresholds)
        each[category, "exceeded"] += exceeded
    return each


def a_person(alice: User, seed: int) -> Callable[[], None]:
    """Somebody who records expenses that stay, and others that are edited, moved, deleted and restored."""
    random = Random(seed)

    def some(day: date = TODAY) -> ExpenseDraft:
        amount = str(Decimal(random.randrange(1, 3_000)).scaleb(-2))
        return a_draft(amount, random.choice((SPENT_ON, "Travel")), day, description=str(random.random()))

    def record(draft: ExpenseDraft) -> str:
        expense_id = new_id()
        until_answered(lambda: services.expense_record(alice, expense_id=expense_id, draft=draft))
        return expense_id

    def change(expense_id: str, draft: ExpenseDraft) -> None:
        until_answered(lambda: services.expense_change(alice, expense_id, draft))

    def delete_and_restore(expense_id: str) -> None:
        entries: list[str] = []
        until_answered(lambda: entries.append(services.expense_delete(alice, expense_id)))
        if entries and random.random() < 0.5:
            until_answered(lambda: services.expense_restore(alice, entries[0]))

    def live() -> None:
        for category in (SPENT_ON, "Travel"):
            record(a_draft("10", category))
        expense_id = record(some())
        change(expense_id, some(OCTOBER))
        change(expense_id, some())
        delete_and_restore(expense_id)
        rows = [(new_id(), some(random.choice((TODAY, OCTOBER))), "import") for _ in range(2)]
        until_answered(lambda: record_batch(alice, rows))
        until_answered(lambda: remove_batch(alice, [rows[0][0]], import_id="import"))

    return live


@ON_FILE_AND_SERVERS
def test_totals_equal_a_recount_and_each_threshold_notifies_once(alice: User, settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = Decimal(2)
    budgeted(alice, "150")
    budgeted(alice, "150", "Travel", [10, 20, 90])
    at_once([a_person(alice, seed) for seed in range(THREADS)])
    check_totals(alice)
    assert notified() <= Counter(
        {
            **{(SPENT_ON, threshold): 1 for threshold in (50, 80, 100, "exceeded")},
            **{("Travel", threshold): 1 for threshold in (10, 20, 90, "exceeded")},
        }
    )
    marked = {
        name: selectors.months_between("alice", MONTH, MONTH)[0].of(name).notified for name in (SPENT_ON, "Travel")
    }
    assert marked == {SPENT_ON: (50, 80, 100), "Travel": (10, 20, 90)}


@ON_FILE_AND_SERVERS
def test_expenses_alone_notify_of_every_threshold_exactly_once(alice: User) -> None:
    budgeted(alice, "150")
    drafts = [a_draft("10", description=str(number)) for number in range(THREADS)]
    ids = [new_id() for _ in drafts]

    def recording(number: int) -> Callable[[], object]:
        return lambda: until_answered(
            lambda: services.expense_record(alice, expense_id=ids[number], draft=drafts[number])
        )

    at_once([recording(number) for number in range(THREADS)])
    assert total(alice) == (Decimal(160), THREADS)
    assert notified() == {(SPENT_ON, each): 1 for each in (50, 80, 100, "exceeded")}
    assert len(events("budgets.expense_changed")) == THREADS


@ON_FILE_AND_SERVERS
def test_a_budget_that_is_set_meanwhile_misses_nothing(alice: User) -> None:
    budgeted(alice, "10000")

    def recording() -> None:
        expense_id = new_id()
        until_answered(lambda: services.expense_record(alice, expense_id=expense_id, draft=a_draft("10")))

    def setting(amount: int) -> Callable[[], None]:
        return lambda: until_answered(
            lambda: services.budget_set(alice, BudgetDraft(SPENT_ON, Decimal(amount), (50, 100)))
        )

    at_once([recording] * 8 + [setting(amount) for amount in range(68, 92, 3)])
    check_totals(alice)
    assert total(alice) == (Decimal(80), 8)
    budget = selectors.definitions_of("alice").budgets[SPENT_ON]
    marked = selectors.months_between("alice", MONTH, MONTH)[0].of(SPENT_ON)
    assert judge(budget, marked) == Judgement()
    assert marked.judged_by == budget.amount
    assert all(notified()[SPENT_ON, threshold] for threshold in marked.notified)


@ON_FILE_AND_SERVERS
def test_one_request_sent_by_all_threads_is_one_expense(alice: User) -> None:
    budgeted(alice, "10")
    expense_id, answers = new_id(), list[Expense]()

    def record() -> None:
        until_answered(
            lambda: answers.append(services.expense_record(alice, expense_id=expense_id, draft=a_draft("10")))
        )

    at_once([record] * THREADS)
    assert len(answers) == THREADS
    assert len(set(answers)) == 1
    assert total(alice) == (Decimal(10), 1)
    assert crossings() == [(SPENT_ON, [50, 80, 100], False)]


def test_one_key_of_all_threads_is_one_expense(alice: User) -> None:
    made: list[str] = []

    def record() -> None:
        expense_id = new_id()
        also = Claim("alice", "key", "digest").also(expense_id)
        try:
            services.expense_record(alice, expense_id=expense_id, draft=a_draft("10"), also=also)
        except TransactionCancelled:
            return
        made.append(expense_id)

    at_once([record] * THREADS)
    [expense_id] = made
    claimed = store().get(IDEMPOTENCY, {"username": "alice", "key": "key"}, consistent=True)
    assert claimed is not None
    assert claimed["reference"] == expense_id
    assert total(alice) == (Decimal(10), 1)
