"""What expenses add up to: of a list, however many pages it has, and in a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from budgets.domain.definitions import Definitions
from budgets.domain.expense import Expense
from budgets.domain.expense_filter import ALL, ExpenseFilter
from budgets.domain.report import Report, report_of
from budgets.domain.report_days import ONE_DAY, ReportDays
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.repositories.months import month_address, month_from_item
from budgets.selectors.expenses import expenses_every
from budgets.selectors.months import months_between
from core import clock
from core.accounts.domain import User
from core.money import ZERO
from core.periods import Month, day_of
from core.storage import store

LATEST = timedelta(days=2 * 366)
"""Beyond this from now no expense can be dated."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What that many expenses cost in total, less refunds."""

    spent: Decimal = ZERO
    count: int = 0

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.spent + other.spent, self.count + other.count)


def sum_of(expenses: Iterable[Expense]) -> Sum:
    """The sum of these."""
    return sum((Sum(expense.amount, 1) for expense in expenses), Sum())


def expenses_sum(username: str, wanted: ExpenseFilter = ALL) -> Sum:
    """The sum of all expenses of a filter; at most 3 requests, but for very full months.

    Whole months come from their totals; rows are read only of a month that the range cuts, or for a text.
    """
    since = max(wanted.since or clock.FIRST_DAY, clock.FIRST_DAY)
    latest = Month.of((clock.now() + LATEST).date()).last_day
    until = min(wanted.until or latest, latest)
    if since > until:
        return Sum()

    def sum_between(first: date, last: date) -> Sum:
        return sum_of(expenses_every(username, replace(wanted, since=first, until=last)))

    first = Month.of(since) if since.day == 1 else Month.of(since).next
    last = Month.of(until) if until == Month.of(until).last_day else Month.of(until).previous
    if first > last or wanted.text:
        return sum_between(since, until)
    whole = _months(username, first, last, wanted.category)
    if since < first.first_day:
        whole += sum_between(since, first.first_day - ONE_DAY)
    if until > last.last_day:
        whole += sum_between(last.last_day + ONE_DAY, until)
    return whole


def report(user: User, days: ReportDays) -> Report:
    """What the user spent on these days; 2 requests, and one for each further 1 MB of rows.

    The first reads the budgets with the totals of the months before; the second the rows. Where the days are not whole
    months, the rows of the days before are read with them. The index of the rows may lag by a moment.
    """
    before = days.before
    months = before.months if days.months else ()
    definitions, *totals = store().batch_get(
        [definitions_address(user.username), *(month_address(user.username, month) for month in months)],
        consistent=True,
    )
    spent_before: dict[str, Decimal] = {}
    for item in totals:
        for category, total in month_from_item(item).categories.items() if item else ():
            spent_before[category] = spent_before.get(category, ZERO) + total.spent
    return report_of(
        days,
        expenses_every(user.username, ExpenseFilter(days.first if days.months else before.first, days.last)),
        currency=user.home_currency,
        definitions=definitions_from_item(definitions) if definitions else Definitions(user.username),
        before=spent_before,
        today=day_of(user.zone, clock.now()),
    )


def _months(username: str, first: Month, last: Month, category: str | None) -> Sum:
    months = months_between(username, first, last)
    if category is None:
        return sum((Sum(month.spent, month.count) for month in months), Sum())
    return sum((Sum(month.of(category).spent, month.of(category).count) for month in months), Sum())
