"""Somebody else is faster between the reading and the writing."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from budgets import selectors, services
from budgets.domain.expense import Expense
from budgets.tables import BUDGETS, EXPENSES
from core.accounts.domain import User
from core.accounts.selectors import find_user
from core.accounts.services import account_erase
from core.agreement import reconcile
from core.errors import InvalidInput, NotFound, Refused
from core.ids import new_id
from core.storage import Get, Item, Store, using
from tests.alerts.disturbances import Rivalled
from tests.budgets.builders import (
    NOTHING,
    SPENT_ON,
    a_draft,
    budgeted,
    check_totals,
    crossings,
    record_batch,
    spent,
    total,
)
from tests.builders import a_user, change_user

pytestmark = pytest.mark.usefixtures("noon")


class Torn(Store):
    """The same data as another store; somebody else writes while the first batch of reads is under way."""

    def __init__(self, whole: Store, rival: Callable[[], object]) -> None:
        super().__init__(whole._backend)
        self._rival: Callable[[], object] | None = rival

    def batch_get(self, gets: Sequence[Get], *, consistent: bool = False) -> list[Item | None]:
        rival, self._rival = self._rival, None
        if rival is None:
            return super().batch_get(gets, consistent=consistent)
        first = super().batch_get(gets[:1], consistent=consistent)
        rival()
        return first + super().batch_get(gets[1:], consistent=consistent)


@pytest.mark.parametrize("kind", [Torn, Rivalled])
def test_an_expense_is_judged_by_the_budget_that_is_set_meanwhile(
    store: Store, alice: User, kind: Callable[[Store, Callable[[], object]], Store]
) -> None:
    budgeted(alice, "1000")
    spent(alice, "30")
    with using(kind(store, lambda: budgeted(alice, "100"))):
        spent(alice, "60")
    assert crossings() == [(SPENT_ON, [50, 80], False)]


@pytest.mark.parametrize("kind", [Torn, Rivalled])
def test_a_category_that_is_removed_meanwhile_is_refused(
    store: Store, alice: User, kind: Callable[[Store, Callable[[], object]], Store]
) -> None:
    services.category_add(alice, "Pets")
    with using(kind(store, lambda: services.category_remove(alice, "Pets"))), pytest.raises(InvalidInput):
        spent(alice, "60", "Pets")
    assert total(alice, "Pets") == NOTHING


def test_two_first_expenses_of_a_month_are_both_in_its_totals(store: Store, alice: User) -> None:
    with using(Rivalled(store, lambda: spent(alice, "1"))):
        spent(alice, "2")
    assert total(alice) == (Decimal(3), 2)


def test_of_two_edits_of_one_version_the_second_is_refused(store: Store, alice: User) -> None:
    expense = spent(alice)

    def rival() -> None:
        services.expense_change(alice, expense.expense_id, a_draft("20"), version=expense.version)

    with using(Rivalled(store, rival)), pytest.raises(Refused) as refused:
        services.expense_change(alice, expense.expense_id, a_draft("30"), version=expense.version)
    assert refused.value.code == "changed_meanwhile"
    assert total(alice) == (Decimal(20), 1)


def test_without_a_version_the_later_edit_stays(store: Store, alice: User) -> None:
    expense = spent(alice)
    with using(Rivalled(store, lambda: services.expense_change(alice, expense.expense_id, a_draft("20", "Travel")))):
        services.expense_change(alice, expense.expense_id, a_draft("30", "Housing"))
    assert total(alice, "Housing") == (Decimal(30), 1)
    check_totals(alice)


def test_what_is_deleted_meanwhile_is_not_found(store: Store, alice: User) -> None:
    expense = spent(alice)
    with using(Rivalled(store, lambda: services.expense_delete(alice, expense.expense_id))), pytest.raises(NotFound):
        services.expense_change(alice, expense.expense_id, a_draft("30"))
    check_totals(alice)


def test_restored_twice_at_once_it_is_back_once(store: Store, alice: User) -> None:
    entry = services.expense_delete(alice, spent(alice).expense_id)
    with using(Rivalled(store, lambda: services.expense_restore(alice, entry))):
        back = services.expense_restore(alice, entry)
    assert selectors.expense_get("alice", back.expense_id) == back
    assert total(alice) == (Decimal(10), 1)


def test_a_batch_passes_over_what_was_recorded_meanwhile(store: Store, alice: User) -> None:
    rows = [(new_id(), a_draft(str(number + 1)), "import") for number in range(3)]
    with using(Rivalled(store, lambda: record_batch(alice, rows[:2]))):
        result = record_batch(alice, rows)
    assert [each.expense_id for each in result.expenses] == [rows[2][0]]
    assert result.passed_over == (rows[0][0], rows[1][0])
    assert total(alice) == (Decimal(6), 3)


def _restore(user: User) -> object:
    [deleted] = selectors.expenses_deleted(user.username)
    return services.expense_restore(user, deleted.entry)


LATE: dict[str, Callable[[User], object]] = {
    "an expense": spent,
    "a restored expense": _restore,
    "a batch": lambda user: record_batch(user, [(new_id(), a_draft(), "import")]),
    "a budget": budgeted,
    "a category": lambda user: services.category_add(user, "Pets"),
    "channels": lambda user: services.alert_channels_set(user, ["in_app"]),
}


@pytest.mark.parametrize("late", LATE.values(), ids=LATE)
@pytest.mark.parametrize("meanwhile", [True, False], ids=["meanwhile", "before"])
def test_of_a_closed_account_it_is_refused_and_leaves_no_row(
    store: Store, late: Callable[[User], object], meanwhile: bool
) -> None:
    alice = a_user()
    services.expense_delete(alice, spent(alice).expense_id)
    if meanwhile:
        with using(Rivalled(store, lambda: account_erase("alice"))), pytest.raises(NotFound):
            late(alice)
    else:
        change_user("alice", {"status": "closing"})
        with pytest.raises(NotFound, match="account"):
            late(alice)
        account_erase("alice")
    assert find_user("alice") is None
    assert [*store.dump(EXPENSES), *store.dump(BUDGETS)] == []
    assert reconcile(store, pauses=()).disagreements == []


@pytest.mark.parametrize(
    "write",
    [
        lambda user, expense: services.expense_change(user, expense.expense_id, a_draft("30")),
        lambda user, expense: services.expense_delete(user, expense.expense_id),
    ],
    ids=["an edit", "a deletion"],
)
def test_what_is_under_way_when_its_account_is_erased_leaves_no_row(
    store: Store, write: Callable[[User, Expense], object]
) -> None:
    alice = a_user()
    expense = spent(alice)
    with using(Rivalled(store, lambda: account_erase("alice"))), pytest.raises(NotFound):
        write(alice, expense)
    assert reconcile(store, pauses=()).disagreements == []
