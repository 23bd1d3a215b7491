"""The totals of months, and what they notified of."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

from budgets.domain.budget import LARGEST_THRESHOLD
from budgets.domain.effect import recounted
from budgets.domain.month import CategoryTotal, MonthTotals
from budgets.reconciling.expenses import about_month, expenses_of, month_row, months_of
from core.reconciling.rules import Account, Disagreement, compared

FARTHEST_EAST = timedelta(hours=14)
"""No zone is further ahead of UTC."""


def totals_are_sums_of_expenses(account: Account) -> Iterable[Disagreement]:
    """For every month and category, what was spent and in how many expenses is what the expenses add up to."""
    stored, counted = months_of(account), recounted(account.username, expenses_of(account))
    for month in sorted({*stored, *counted}):
        nothing = MonthTotals(account.username, month)
        said, found = stored.get(month, nothing), counted.get(month, nothing)
        for category in sorted({*said.categories, *found.categories}):
            yield from _compared(account, month_row(month), category, said.of(category), found.of(category))


def notified_is_of_months_that_began(account: Account) -> Iterable[Disagreement]:
    """A month notified of rising percentages, by the amount of a budget; a month to come has notified of nothing."""
    latest = (account.now + FARTHEST_EAST).date()
    for month, totals in months_of(account).items():
        for category, total in totals.categories.items():
            for detail in _wrong_with(total):
                yield about_month(account, month, f"{category}: {detail}")
            if total.judged_by is not None and month.first_day > latest:
                yield about_month(account, month, f"{category}: judged before the month has begun")


def _compared(
    account: Account, row: str, category: str, said: CategoryTotal, found: CategoryTotal
) -> Iterable[Disagreement]:
    by = "its expenses add up to"
    yield from compared(account.username, row, f"spent on {category}", said.spent, by, found.spent)
    yield from compared(account.username, row, f"count of {category}", Decimal(said.count), by, Decimal(found.count))


def _wrong_with(total: CategoryTotal) -> Iterable[str]:
    if any(not 1 <= each <= LARGEST_THRESHOLD for each in total.notified):
        yield f"notified of {list(total.notified)} percent"
    if any(after <= before for before, after in pairwise(total.notified)):
        yield f"notified of {list(total.notified)}, not rising"
    if total.judged_by is None and (total.notified or total.notified_exceeded):
        yield "notified, and judged by no budget"
    if total.judged_by is not None and total.judged_by < 0:
        yield f"judged_by is {total.judged_by}"
