"""An account's rows as values of the domain."""

from __future__ import annotations

from budgets.domain.definitions import Definitions
from budgets.domain.expense import Expense
from budgets.domain.month import MonthTotals
from budgets.repositories.definitions import DEFINITIONS, definitions_from_item
from budgets.repositories.expenses import expense_from_item
from budgets.repositories.months import PERIOD, is_month, month_from_item
from budgets.tables import BUDGETS, EXPENSES
from core.months import Month
from core.reconciling.rules import Account, Disagreement


def expenses_of(account: Account) -> list[Expense]:
    """All expenses and refunds, in the order of their ids."""
    return [expense_from_item(item) for item in account.of(EXPENSES)]


def months_of(account: Account) -> dict[Month, MonthTotals]:
    """The totals that are stored, by month."""
    totals = (month_from_item(item) for item in account.of(BUDGETS) if is_month(item))
    return {each.month: each for each in totals}


def definitions_of(account: Account) -> Definitions:
    """What the user has set; nothing where there is no row of it."""
    found = [item for item in account.of(BUDGETS) if item["entry"] == DEFINITIONS]
    return definitions_from_item(found[0]) if found else Definitions(account.username)


def month_row(month: Month) -> str:
    """The name of the row that holds the totals of a month."""
    return f"{BUDGETS.name} {PERIOD}{month}"


def about_month(account: Account, month: Month, detail: str) -> Disagreement:
    """Something wrong with the totals of a month."""
    return Disagreement(account.username, month_row(month), detail)


def about_expense(expense: Expense, detail: str) -> Disagreement:
    """Something wrong with an expense."""
    return Disagreement(expense.username, f"{EXPENSES.name} {expense.expense_id}", detail)


def about_definitions(account: Account, detail: str) -> Disagreement:
    """Something wrong with what the user has set."""
    return Disagreement(account.username, f"{BUDGETS.name} {DEFINITIONS}", detail)
