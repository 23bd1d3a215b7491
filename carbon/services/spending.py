"""Estimates that follow the expenses: as an expense stands, so does what it is taken to have emitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from budgets.selectors import Expense, expenses_by_id
from carbon.data.spending import spend_book
from carbon.domain.entry import LONGEST_DESCRIPTION, Estimate
from carbon.domain.spend import Spending
from carbon.services.estimates import estimate_put, estimate_remove
from carbon.services.many_estimates import estimates_put_many

READ_AT_ONCE = 90

Expenses = Mapping[str, Expense | None]
"""Expenses by their ids; None for one that is gone."""


def estimates_follow(username: str, expense_ids: Sequence[str]) -> None:
    """Have the estimates of these expenses agree with the expenses as they stand now; safe to repeat, in any order.

    Each is looked at again after the write: who was overtaken meanwhile by a change of an expense writes once more, so
    that the last one to write has seen the last change.
    """
    distinct = list(dict.fromkeys(expense_ids))
    for start in range(0, len(distinct), READ_AT_ONCE):
        left = _read(username, distinct[start : start + READ_AT_ONCE])
        while left:
            _write(username, left)
            seen, left = left, _read(username, list(left))
            left = {each: expense for each, expense in left.items() if expense != seen[each]}


def _read(username: str, expense_ids: Sequence[str]) -> Expenses:
    return dict(zip(expense_ids, expenses_by_id(username, expense_ids), strict=True))


def _write(username: str, expenses: Expenses) -> None:
    wanted = {each: None if expense is None else estimate_of_expense(expense) for each, expense in expenses.items()}
    if len(wanted) > 1:
        estimates_put_many(username, wanted)
        return
    for expense_id, estimate in wanted.items():
        if estimate is None:
            estimate_remove(username, expense_id)
        else:
            estimate_put(username, estimate)


def estimate_of_expense(expense: Expense) -> Estimate | None:
    """What the expense is taken to have emitted, as it stands; None where nothing is estimated of it."""
    named = ": ".join(text for text in (expense.merchant, expense.description) if text)
    spending = Spending(
        expense_id=expense.expense_id,
        day=expense.day,
        category=expense.category,
        amount=expense.amount,
        currency=expense.currency,
        description=named[:LONGEST_DESCRIPTION],
    )
    return spend_book().estimate_of(spending)
