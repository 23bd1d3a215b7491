"""Whatever is done to entries in whatever order, totals are what a recount says, and achievements what they rest on."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from pytest_django.fixtures import Settings

from carbon import selectors, services
from carbon.tables import TABLES as CARBON_TABLES
from core import clock
from core.accounts.domain import User
from core.accounts.tables import TABLES as ACCOUNTS_TABLES
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.periods import Month
from core.storage import StoreUnavailable, open_store, using
from core.tables import TABLES as CORE_TABLES
from tests.carbon.builders import (
    a_draft,
    a_goal,
    a_person,
    added,
    an_estimate,
    check_adds_up,
    days_ago,
    entries_of,
    estimated,
    reached,
    reached_by_recount,
    unestimated,
)
from tests.stores import SERVERS

ACTIVITIES = ("car_petrol", "bus_local", "apples", "electricity", "landfill_food")
UNITS = {"apples": "kg", "electricity": "kwh", "landfill_food": "g"}
THREADS = 16
TRIES = 1000
AT_ONCE = pytest.mark.parametrize(
    "store", ["memory", "file", *(pytest.param(kind, marks=pytest.mark.services) for kind in SERVERS)], indirect=True
)
"""Stores that take many threads at once; moto answers one request after the other."""


class Footprint(RuleBasedStateMachine):
    """One person's entries, estimates and goals, and everything that can be done with them."""

    def __init__(self) -> None:
        super().__init__()
        self._store = open_store("memory://")
        self._store.create_tables([*CORE_TABLES, *ACCOUNTS_TABLES, *CARBON_TABLES])
        self._using = using(self._store)
        self._using.__enter__()
        self.trashed: list[str] = []
        self.expenses = [new_id() for _ in range(3)]
        self.goals: list[str] = []

    def teardown(self) -> None:
        self._using.__exit__(None, None, None)
        self._store.close()

    @initialize(zone=st.sampled_from(["UTC", "Europe/Lisbon", "Pacific/Kiritimati"]))
    def begin(self, zone: str) -> None:
        self.user = a_person(country="GB", time_zone=zone)

    @rule(activity=st.sampled_from(ACTIVITIES), amount=st.integers(1, 5000), back=st.integers(0, 70))
    def add(self, activity: str, amount: int, back: int) -> None:
        added(self.user, activity, str(amount), UNITS.get(activity, "km"), on=days_ago(back + 1))

    @rule(start=st.integers(0, 60), length=st.integers(2, 12))
    def add_many_days(self, start: int, length: int) -> None:
        for back in range(start, start + length):
            added(self.user, on=days_ago(back + 1))

    @rule(pick=st.randoms(use_true_random=False), activity=st.sampled_from(ACTIVITIES), back=st.integers(0, 70))
    def change(self, pick: random.Random, activity: str, back: int) -> None:
        if kept := entries_of(self.user):
            draft = a_draft(activity, "7.5", UNITS.get(activity, "km"), on=days_ago(back + 1))
            services.entry_change(self.user, pick.choice(kept).entry_id, draft)

    @rule(pick=st.randoms(use_true_random=False))
    def delete(self, pick: random.Random) -> None:
        if kept := [entry for entry in entries_of(self.user) if not entry.is_estimate]:
            self.trashed.append(services.entry_delete(self.user, pick.choice(kept).entry_id))

    @rule(pick=st.randoms(use_true_random=False))
    def restore(self, pick: random.Random) -> None:
        if self.trashed:
            try:
                services.entry_restore(self.user, pick.choice(self.trashed))
            except NotFound:  # restored before, and deleted again under another entry
                return

    @rule(expense=st.integers(0, 2), kg=st.integers(1, 90), back=st.integers(0, 70))
    def estimate(self, expense: int, kg: int, back: int) -> None:
        estimated("alice", an_estimate(self.expenses[expense], days_ago(back), str(kg)))

    @rule(expense=st.integers(0, 2))
    def forget_an_expense(self, expense: int) -> None:
        unestimated("alice", self.expenses[expense])

    @rule(expense=st.integers(0, 2), back=st.integers(0, 70))
    def measure(self, expense: int, back: int) -> None:
        services.expense_measure(self.user, self.expenses[expense], a_draft(on=days_ago(back + 1)))

    @rule(limit=st.integers(1, 400), period=st.sampled_from(["daily", "weekly", "monthly"]))
    def aim(self, limit: int, period: str) -> None:
        self.goals.append(a_goal(self.user, str(limit), period=period).goal_id)

    @rule()
    def drop_a_goal(self) -> None:
        if self.goals:
            services.goal_delete(self.user, self.goals.pop())

    @rule()
    def judge(self) -> None:
        services.achievements_refresh("alice")
        assert reached(self.user) == reached_by_recount(self.user)

    @invariant()
    def totals_are_what_a_recount_says(self) -> None:
        if hasattr(self, "user"):
            check_adds_up(self.user)


def test_any_sequence_leaves_totals_and_achievements_right() -> None:
    run_state_machine_as_test(Footprint, settings=hypothesis_settings(max_examples=30, stateful_step_count=20))


def until_answered(work: Callable[[], object]) -> str:
    """What came of it: `done`, or the code of the refusal. A 503 is answered by the same request again."""
    for _ in range(TRIES):
        try:
            work()
        except StoreUnavailable:
            continue
        except (Refused, NotFound, InvalidInput) as refused:
            return refused.code
        return "done"
    raise AssertionError(f"no answer in {TRIES} tries")


def at_once(jobs: Sequence[Sequence[Callable[[], object]]]) -> Counter[str]:
    """Each list of jobs in a thread of its own, all started together; how often each outcome came."""
    barrier = Barrier(len(jobs))

    def run(own: Sequence[Callable[[], object]]) -> list[str]:
        barrier.wait()
        return [until_answered(job) for job in own]

    with ThreadPoolExecutor(len(jobs)) as pool:
        return Counter(outcome for outcomes in pool.map(run, jobs) for outcome in outcomes)


def some_jobs(user: User, shared: Sequence[str], expenses: Sequence[str], seed: int) -> list[Callable[[], object]]:
    """What one thread does: entries of its own and of everybody's, moved between days, months and categories."""
    randomness = random.Random(seed)
    own = new_id()

    def a_day() -> date:
        return days_ago(randomness.choice([1, 2, 40]))

    def wish(number: int) -> Callable[[str], object]:
        activity = randomness.choice(ACTIVITIES)
        draft = a_draft(activity, str(randomness.randrange(1, 900)), UNITS.get(activity, "km"), on=a_day())
        return lambda entry_id: services.entry_change(user, entry_id, draft)

    first, second, third = a_draft(on=a_day()), wish(1), wish(2)
    mine, theirs = randomness.choice(shared), randomness.choice(shared)
    expense, estimate = randomness.choice(expenses), a_day()

    def there_and_back() -> object:
        return services.entry_restore(user, services.entry_delete(user, mine))

    return [
        lambda: services.entry_add(user, entry_id=own, draft=first),
        lambda: second(own),
        lambda: third(theirs),
        lambda: estimated(user.username, an_estimate(expense, estimate)),
        there_and_back,
        lambda: unestimated(user.username, expense),
        lambda: services.entry_delete(user, own),
    ]


@AT_ONCE
def test_many_threads_at_one_footprint_leave_totals_equal_to_a_recount(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = Decimal("0.5")
    alice = a_person(country="GB")
    shared = [added(alice, on=days_ago(back)).entry_id for back in (1, 2, 40)]
    expenses = [new_id(), new_id()]
    outcomes = at_once([some_jobs(alice, shared, expenses, seed) for seed in range(THREADS)])
    assert sum(outcomes.values()) == THREADS * 7
    assert set(outcomes) <= {"done", "not_found"}
    assert outcomes["done"] >= THREADS * 4
    check_adds_up(alice)
    services.achievements_refresh("alice")
    assert reached(alice) == reached_by_recount(alice)


@AT_ONCE
def test_one_request_sent_by_all_threads_is_one_entry() -> None:
    alice, entry_id, draft = a_person(), new_id(), a_draft()
    jobs = [[lambda: services.entry_add(alice, entry_id=entry_id, draft=draft)] for _ in range(THREADS)]
    assert at_once(jobs) == {"done": THREADS}
    assert selectors.month_summary(alice, Month.of(clock.now().date())).kg == Decimal("16.152")
    check_adds_up(alice)


@AT_ONCE
def test_judgements_at_once_with_changes_end_at_what_is_true(settings: Settings) -> None:
    settings.STORE_RETRY_SECONDS = Decimal("0.5")
    alice = a_person()

    def add_and_judge(back: int) -> list[Callable[[], object]]:
        entry_id, draft = new_id(), a_draft(on=days_ago(back))
        return [
            lambda: services.entry_add(alice, entry_id=entry_id, draft=draft),
            lambda: services.achievements_refresh("alice"),
            lambda: services.entry_delete(alice, entry_id) if back % 2 else None,
            lambda: services.achievements_refresh("alice"),
        ]

    outcomes = at_once([add_and_judge(back) for back in range(1, THREADS + 1)])
    assert outcomes["done"] == THREADS * 4
    assert reached(alice) == reached_by_recount(alice) == {"first_entry": days_ago(16)}
