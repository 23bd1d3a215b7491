"""Months beside their budgets, and what a user has set."""

from datetime import date

from budgets.domain.definitions import Definitions
from budgets.domain.month import MonthTotals
from budgets.domain.summary import MonthSummary, summarised
from budgets.repositories.definitions import definitions_address, definitions_from_item
from budgets.repositories.months import is_month, month_address, month_from_item, months_query
from core import clock
from core.accounts.domain import User
from core.periods import Month, day_of
from core.reading import every, one
from core.storage import store


def month_summary(username: str, month: Month) -> MonthSummary:
    """What was spent in a month beside the budgets as they are set now, however many expenses it has; 1 request."""
    definitions, totals = store().batch_get(
        [definitions_address(username), month_address(username, month)], consistent=True
    )
    return summarised(
        definitions_from_item(definitions) if definitions else Definitions(username),
        month_from_item(totals) if totals else MonthTotals(username, month),
    )


def months_between(username: str, first: Month, last: Month) -> list[MonthTotals]:
    """The totals of each month from the first to the last, oldest first, those without an expense too; 1 request."""
    if last < first:
        return []
    items = every(months_query(username, first, last))
    found = {totals.month: totals for totals in map(month_from_item, filter(is_month, items))}
    return [found.get(month, MonthTotals(username, month)) for month in first.until(last)]


def definitions_of(username: str) -> Definitions:
    """Budgets, own categories, and the channels that notify of budgets; 1 request."""
    return one(definitions_address(username), definitions_from_item) or Definitions(username)


def categories_of(username: str) -> tuple[str, ...]:
    """The categories that a user may choose from: the eleven, then the user's own; 1 request."""
    return definitions_of(username).categories


def today_of(user: User) -> date:
    """Which day it is for the user now."""
    return day_of(user.zone, clock.now())


def current_month(user: User) -> Month:
    """Which month it is for the user now."""
    return Month.of(day_of(user.zone, clock.now()))
