"""Expenses and budgets for tests, made through the product's own services."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from budgets import selectors, services
from budgets.domain.budget import DEFAULT_THRESHOLDS, BudgetDraft
from budgets.domain.effect import recounted
from budgets.domain.expense import Expense, ExpenseDraft
from budgets.domain.month import MonthTotals
from budgets.repositories.expenses import expense_from_item, expenses_of
from budgets.repositories.months import is_month, month_from_item
from budgets.services.booking import Booking, commit_booking, prepare_import, prepare_undo
from budgets.tables import BUDGETS
from core.accounts.domain import User
from core.events import Event, event_from_item
from core.ids import new_id
from core.periods import Month
from core.reading import every
from core.retry import optimistic
from core.storage import Write, store
from core.tables import OUTBOX
from tests.times import NOON

TODAY = NOON.date()
MONTH = Month(2026, 11)
SPENT_ON = "Food & Dining"
NOTHING = Decimal(0), 0


def a_draft(amount: str = "10", category: str = SPENT_ON, day: date = TODAY, **said: Any) -> ExpenseDraft:
    """What a user says of an expense."""
    return ExpenseDraft(Decimal(amount), category, day, **said)


def spent(user: User, amount: str = "10", category: str = SPENT_ON, day: date = TODAY, **said: Any) -> Expense:
    """An expense that is recorded."""
    return services.expense_record(user, expense_id=new_id(), draft=a_draft(amount, category, day, **said))


def refunded(user: User, amount: str = "10", category: str = SPENT_ON, day: date = TODAY) -> Expense:
    """A refund that is recorded."""
    return spent(user, amount, category, day, refund=True)


def record_batch(user: User, rows: Sequence[tuple[str, ExpenseDraft, str]], also: Sequence[Write] = ()) -> Booking:
    """Expenses of one import, by id, draft and import, as a step of its work records them."""

    def step() -> Booking:
        booking = prepare_import(user, {expense_id: draft for expense_id, draft, _ in rows}, rows[0][2])
        commit_booking(booking, also=also)
        return booking

    return optimistic(step)


def remove_batch(user: User, expense_ids: Sequence[str], *, import_id: str, also: Sequence[Write] = ()) -> Booking:
    """The same, taken away as a step of its undo does."""

    def step() -> Booking:
        booking = prepare_undo(user, expense_ids, import_id)
        commit_booking(booking, also=also)
        return booking

    return optimistic(step)


def budgeted(
    user: User, amount: str = "100", category: str = SPENT_ON, thresholds: Sequence[int] = DEFAULT_THRESHOLDS
) -> None:
    """A budget that is set."""
    services.budget_set(user, BudgetDraft(category, Decimal(amount), tuple(thresholds)))


def total(user: User, category: str = SPENT_ON, month: Month = MONTH) -> tuple[Decimal, int]:
    """What was spent on a category in a month, and in how many expenses, as the totals say."""
    line = selectors.month_summary(user.username, month).line(category)
    return line.spent, line.count


def months_stored(user: User) -> list[MonthTotals]:
    """Every month of a user that has totals."""
    rows = [item for item in store().dump(BUDGETS) if item["username"] == user.username]  # type: ignore[attr-defined]
    return sorted((month_from_item(row) for row in rows if is_month(row)), key=lambda totals: totals.month)


def check_totals(user: User) -> None:
    """What the totals say is what the expenses add up to, for every month and category."""
    counted = recounted(user.username, map(expense_from_item, every(expenses_of(user.username))))
    assert {totals.month: _figures(totals) for totals in months_stored(user) if totals.count} == {
        month: _figures(totals) for month, totals in counted.items()
    }
    assert all(totals.spent == 0 for totals in months_stored(user) if not totals.count)


def events(name: str) -> list[Event]:
    """Events of a name that wait, oldest first."""
    waiting = [event_from_item(item) for item in store().dump(OUTBOX) if item.get("name") == name]  # type: ignore[attr-defined]
    return sorted(waiting, key=lambda event: event.event_id)


def crossings() -> list[tuple[str, list[int], bool]]:
    """What budgets notified of, oldest first: the category, thresholds, and whether it is exceeded."""
    told = [event.payload for event in events("budgets.threshold_crossed")]
    return [(each["category"], [int(one) for one in each["thresholds"]], each["exceeded"]) for each in told]


def _figures(totals: MonthTotals) -> dict[str, tuple[Decimal, int]]:
    return {name: (each.spent, each.count) for name, each in totals.categories.items() if each.count}
