"""What changes of expenses do to the totals of their months, and what of that notifies the user."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from budgets.domain.budget import Budget, Crossing, crossing_of, is_large, judge, marked
from budgets.domain.expense import Expense, movements_of
from budgets.domain.month import MonthTotals, Movement
from core.money import ZERO
from core.periods import Month

Changed = tuple[Expense | None, Expense | None]
"""An expense before and after a change; None where it is not there."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The months as they are to be written, crossings by category, and the expense that is a large one, if any."""

    months: tuple[MonthTotals, ...]
    crossings: tuple[Crossing, ...] = ()
    large: Expense | None = None


def effect_of(
    changes: Sequence[Changed],
    months: Mapping[Month, MonthTotals],
    budgets: Mapping[str, Budget],
    *,
    current: Month,
    currency: str,
) -> Effect:
    """The effect of changes on months that hold all of them; a month in which nothing moves is not written.

    Only the current month notifies, and only of categories that moved. An edit makes an expense large that was not, or
    was not of the current month.
    """
    moved = _net(changes)
    touched = {month: totals.moved(moved[month]) for month, totals in months.items() if month in moved}
    crossings = []
    if current in touched:
        for movement in moved[current]:
            budget = budgets.get(movement.category)
            if budget is None:
                continue
            total = touched[current].of(movement.category)
            judgement = judge(budget, total)
            touched[current] = touched[current].with_total(budget.category, marked(total, budget, judgement))
            if judgement.notifies:
                crossings.append(crossing_of(budget, total, judgement, current, currency, _only_id(changes)))
    return Effect(tuple(touched.values()), tuple(crossings), _large(changes, budgets, current))


def recounted(username: str, expenses: Iterable[Expense]) -> dict[Month, MonthTotals]:
    """What the totals of each month with an expense must be, but for the notifications sent."""
    months: dict[Month, MonthTotals] = {}
    for expense in expenses:
        totals = months.get(expense.month, MonthTotals(username, expense.month))
        months[expense.month] = totals.moved(movements_of(None, expense))
    return months


def _net(changes: Iterable[Changed]) -> dict[Month, list[Movement]]:
    """Movements by month, one for each category, without those that come to nothing."""
    sums: dict[tuple[Month, str], tuple[Movement, ...]] = {}
    for before, after in changes:
        for movement in movements_of(before, after):
            place = movement.month, movement.category
            sums[place] = (*sums.get(place, ()), movement)
    net: dict[Month, list[Movement]] = defaultdict(list)
    for (month, category), movements in sums.items():
        spent = sum((each.spent for each in movements), ZERO)
        count = sum(each.count for each in movements)
        if spent or count:
            net[month].append(Movement(month, category, spent, count))
    return net


def _large(changes: Sequence[Changed], budgets: Mapping[str, Budget], current: Month) -> Expense | None:
    if len(changes) != 1:
        return None
    before, after = changes[0]

    def counts(expense: Expense | None) -> bool:
        return expense is not None and expense.month == current and is_large(expense, budgets.get(expense.category))

    return after if counts(after) and not counts(before) else None


def _only_id(changes: Sequence[Changed]) -> str | None:
    if len(changes) != 1:
        return None
    return next((each.expense_id for each in changes[0] if each is not None), None)
