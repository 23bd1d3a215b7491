"""Whatever a user does in whatever order: totals are what the expenses add up to, and nothing notifies twice."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from budgets import selectors, services
from budgets.domain.budget import BudgetDraft
from budgets.domain.expense import ExpenseDraft
from budgets.reconciling import (
    budgets_are_of_known_categories,
    expenses_are_sums_of_money,
    notified_is_of_months_that_began,
    totals_are_sums_of_expenses,
)
from core import clock, wiring
from core.accounts.domain import User
from core.agreement import account_of
from core.errors import NotFound, Refused
from core.ids import new_id
from core.storage import Store, open_store, using
from tests.budgets.builders import check_totals, events, months_stored, record_batch, remove_batch
from tests.builders import there
from tests.times import NOON, at

RULES = (
    totals_are_sums_of_expenses,
    notified_is_of_months_that_began,
    expenses_are_sums_of_money,
    budgets_are_of_known_categories,
)
CATEGORIES = ("Travel", "Housing", "Pets")
DAYS = [date(2026, 9, 30), date(2026, 10, 31), *(date(2026, 11, day) for day in (1, 19, 30)), date(2026, 12, 1)]
DRAFTS = st.builds(
    ExpenseDraft,
    amount=st.decimals("0.01", "120", places=2),
    category=st.sampled_from(CATEGORIES),
    day=st.sampled_from(DAYS),
    refund=st.sampled_from([False, False, False, True]),
)
AMOUNTS = st.sampled_from([Decimal(0), Decimal("33.33"), Decimal(100), Decimal(250)])


class Household:
    """One user, what they have recorded and deleted, and how often a budget was raised in each month."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.now = NOON
        self.expense_ids: list[str] = []
        self.entries: list[str] = []
        self.raised: Counter[tuple[str, str]] = Counter()
        services.category_add(user, "Pets")

    def record(self, draft: ExpenseDraft) -> None:
        self.expense_ids.append(new_id())
        services.expense_record(self.user, expense_id=self.expense_ids[-1], draft=draft)

    def edit(self, number: int, draft: ExpenseDraft) -> None:
        self._try(number, lambda expense_id: services.expense_change(self.user, expense_id, draft))

    def delete(self, number: int) -> None:
        self._try(number, lambda expense_id: self.entries.append(services.expense_delete(self.user, expense_id)))

    def restore(self, number: int) -> None:
        if self.entries:
            services.expense_restore(self.user, self.entries[number % len(self.entries)])

    def record_many(self, drafts: list[ExpenseDraft]) -> None:
        rows = [(new_id(), draft, "import") for draft in drafts]
        record_batch(self.user, rows)
        self.expense_ids += [expense_id for expense_id, _, _ in rows]

    def remove_many(self, number: int) -> None:
        remove_batch(self.user, self.expense_ids[number:][:5], import_id="import")

    def set_budget(self, category: str, amount: Decimal, thresholds: list[int]) -> None:
        month = selectors.current_month(self.user)
        judged_by = selectors.months_between(self.user.username, month, month)[0].of(category).judged_by
        self.raised[str(month), category] += judged_by is not None and amount > judged_by
        services.budget_set(self.user, BudgetDraft(category, amount, tuple(thresholds)))

    def delete_budget(self, category: str) -> None:
        try:
            services.budget_delete(self.user, category)
        except NotFound:
            assert category not in selectors.definitions_of(self.user.username).budgets

    def _try(self, number: int, work: Callable[[str], object]) -> None:
        if not self.expense_ids:
            return
        expense_id = self.expense_ids[number % len(self.expense_ids)]
        try:
            work(expense_id)
        except NotFound:
            assert selectors.expenses_by_id(self.user.username, [expense_id]) == [None]

    def check(self) -> None:
        """Totals are right, and every threshold notified once a month, and again at most once the budget was raised."""
        check_totals(self.user)
        told: Counter[tuple[str, str, int]] = Counter()
        for event in events("budgets.threshold_crossed"):
            said = event.payload
            assert said["thresholds"] or said["exceeded"]
            for threshold in (*said["thresholds"], *([9999] if said["exceeded"] else [])):
                told[said["month"], said["category"], int(threshold)] += 1
        for (month, category, _), times in told.items():
            assert times <= 1 + self.raised[month, category]


class AnySequence(RuleBasedStateMachine):
    """Everything that can be done with expenses and budgets, while days go by."""

    def __init__(self) -> None:
        super().__init__()
        self._store: Store = open_store("memory://")
        self._store.create_tables(wiring.tables())
        self._now = NOON
        self._clock = clock.set_by(lambda: self._now)
        self._using = using(self._store)
        self._clock.__enter__()
        self._using.__enter__()
        self.home = Household(there(User("alice", "alice@example.com", time_zone="Europe/Berlin")))

    def teardown(self) -> None:
        account = account_of(self._store, "alice")
        faults = [fault for each in RULES for fault in each(account)]
        self._using.__exit__(None, None, None)
        self._clock.__exit__(None, None, None)
        self._store.close()
        assert faults == []

    @rule(hours=st.sampled_from([1, 30, 24 * 10]))
    def time_goes_by(self, hours: int) -> None:
        self._now += timedelta(hours=hours)

    @rule(draft=DRAFTS)
    def record(self, draft: ExpenseDraft) -> None:
        self.home.record(draft)

    @rule(number=st.integers(0, 30), draft=DRAFTS)
    def edit(self, number: int, draft: ExpenseDraft) -> None:
        self.home.edit(number, draft)

    @rule(number=st.integers(0, 30))
    def delete(self, number: int) -> None:
        self.home.delete(number)

    @rule(number=st.integers(0, 30))
    def restore(self, number: int) -> None:
        try:
            self.home.restore(number)
        except NotFound:  # restored before and deleted again, or 30 days are over
            return

    @rule(drafts=st.lists(DRAFTS, min_size=1, max_size=6))
    def record_many(self, drafts: list[ExpenseDraft]) -> None:
        self.home.record_many(drafts)

    @rule(number=st.integers(0, 30))
    def remove_many(self, number: int) -> None:
        self.home.remove_many(number)

    @rule(category=st.sampled_from(CATEGORIES), amount=AMOUNTS, thresholds=st.sampled_from([[50, 80, 100], [10, 90]]))
    def set_budget(self, category: str, amount: Decimal, thresholds: list[int]) -> None:
        self.home.set_budget(category, amount, thresholds)

    @rule(category=st.sampled_from(CATEGORIES))
    def delete_budget(self, category: str) -> None:
        self.home.delete_budget(category)

    @rule()
    def remove_category(self) -> None:
        try:
            services.category_remove(self.home.user, "Pets")
        except Refused:
            assert "Pets" in selectors.definitions_of("alice").budgets
        else:
            services.category_add(self.home.user, "Pets")

    @invariant()
    def agrees(self) -> None:
        self.home.check()


def test_any_sequence_leaves_totals_equal_to_a_recount() -> None:
    run_state_machine_as_test(AnySequence, settings=hypothesis_settings(max_examples=40, stateful_step_count=30))


@pytest.mark.every_backend
def test_a_long_sequence_leaves_totals_equal_to_a_recount_on_every_store(alice: User) -> None:
    random = Random(1)
    home = Household(alice)

    def a_draft() -> ExpenseDraft:
        amount = Decimal(random.randrange(1, 12_000)).scaleb(-2)
        return ExpenseDraft(
            amount, random.choice(CATEGORIES), random.choice(DAYS), str(random.random()), refund=random.random() < 0.2
        )

    def some() -> int:
        return random.randrange(60)

    steps: list[Callable[[], None]] = [
        lambda: home.record(a_draft()),
        lambda: home.record(a_draft()),
        lambda: home.edit(some(), a_draft()),
        lambda: home.delete(some()),
        lambda: home.set_budget(random.choice(CATEGORIES), Decimal(random.randrange(300)), [50, 80, 100]),
        lambda: home.record_many([a_draft()]),
        lambda: home.remove_many(some()),
    ]
    with at(NOON):
        for number in range(60):
            random.choice(steps)()
            if number % 10 == 9:
                home.check()
        assert sum(totals.count for totals in months_stored(alice)) > 5
