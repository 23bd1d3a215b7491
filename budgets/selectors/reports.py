"""Reports of what was spent."""

from __future__ import annotations

from decimal import Decimal

from budgets.domain.days import day_of
from budgets.domain.definitions import Definitions
from budgets.domain.report import Report, report_of
from budgets.domain.report_days import ReportDays
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.repositories.months import month_address, month_from_item
from budgets.selectors.expenses import expenses_every
from core import clock
from core.accounts.domain import User
from core.money import ZERO
from core.storage import store


def report(user: User, days: ReportDays) -> Report:
    """What the user spent on these days; 2 requests, and one for each further 1 MB of rows.

    The first reads the budgets with the totals of the months before; the second the rows. Where the days are no whole
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
        expenses_every(user.username, since=days.first if days.months else before.first, until=days.last),
        currency=user.home_currency,
        definitions=definitions_from_item(definitions) if definitions else Definitions(user.username),
        before=spent_before,
        today=day_of(user.time_zone, clock.now()),
    )
