"""Events that expenses and budgets write for others to react to."""

from collections.abc import Sequence
from typing import Any

from budgets.domain.budget import Budget, Crossing
from budgets.domain.expense import Expense
from core.events import Event

EXPENSE_CHANGED = "budgets.expense_changed"
THRESHOLD_CROSSED = "budgets.threshold_crossed"
LARGE_EXPENSE = "budgets.large_expense"
EXPENSES_IMPORTED = "budgets.expenses_imported"
IMPORT_FINISHED = "budgets.import_finished"


def expense_changed(username: str, expense_id: str) -> Event:
    """An expense was recorded, edited, deleted or restored. Payload: expense_id.

    Handlers read the row as it is by then.
    """
    return Event(EXPENSE_CHANGED, username, {"expense_id": expense_id})


def threshold_crossed(username: str, crossing: Crossing, channels: Sequence[str]) -> Event:
    """A category reached thresholds of its budget, or exceeded it, in the user's current month.

    One for each write and category, with all that is new. Payload: month, category, budget (its amount), spent,
    currency, thresholds (whole percentages), exceeded; expense_id where an expense did it, and channels: names of those
    that the user chose for notifications of budgets, none where the usual ones are to be taken.
    """
    return Event(THRESHOLD_CROSSED, username, crossing_facts(crossing) | {"channels": list(channels)})


def large_expense(expense: Expense, budget: Budget | None, channels: Sequence[str]) -> Event:
    """An expense of the user's current month is large for its category. Payload: expense_id, category, amount,
    currency, channels (as of `threshold_crossed`); budget (the amount of the category's) where there is one.
    """
    facts = {
        "expense_id": expense.expense_id,
        "category": expense.category,
        "amount": expense.amount,
        "currency": expense.currency,
        "channels": list(channels),
    }
    if budget is not None:
        facts["budget"] = budget.amount
    return Event(LARGE_EXPENSE, expense.username, facts)


def expenses_imported(username: str, import_id: str, expense_ids: Sequence[str]) -> Event:
    """Expenses of an import were recorded or removed. Payload: import_id, expense_ids.

    Handlers read the rows as they are by then.
    """
    return Event(EXPENSES_IMPORTED, username, {"import_id": import_id, "expense_ids": list(expense_ids)})


def import_finished(
    username: str,
    import_id: str,
    *,
    added: int,
    duplicates: int,
    errors: int,
    crossed: Sequence[Crossing],
    currency: str,
    channels: Sequence[str],
    stopped: bool = False,
) -> Event:
    """An import is done, or was stopped. Payload: import_id, added, duplicates, errors (numbers of rows), currency,
    channels (as of `threshold_crossed`), stopped (whether a quota stopped it), and crossed: a list of what
    `threshold_crossed` says of each category, without channels.
    """
    return Event(
        IMPORT_FINISHED,
        username,
        {
            "import_id": import_id,
            "added": added,
            "duplicates": duplicates,
            "errors": errors,
            "crossed": [crossing_facts(each) for each in crossed],
            "currency": currency,
            "stopped": stopped,
            "channels": list(channels),
        },
    )


def crossing_facts(crossing: Crossing) -> dict[str, Any]:
    """A crossing as the store can hold it."""
    facts = {
        "month": str(crossing.month),
        "category": crossing.category,
        "budget": crossing.budget,
        "spent": crossing.spent,
        "currency": crossing.currency,
        "thresholds": list(crossing.thresholds),
        "exceeded": crossing.exceeded,
    }
    if crossing.expense_id is not None:
        facts["expense_id"] = crossing.expense_id
    return facts
