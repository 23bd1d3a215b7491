"""Expenses one by one with their receipts, and what the user has set; and an account's rows as values of the domain."""

from collections.abc import Iterable
from itertools import pairwise

from budgets.domain.budget import LARGEST_THRESHOLD, Budget
from budgets.domain.categories import MOST_OWN_CATEGORIES
from budgets.domain.definitions import Definitions
from budgets.domain.expense import FIRST_DAY, MOST_MONEY, Expense
from budgets.domain.month import MonthTotals
from budgets.repositories.definitions import DEFINITIONS, definitions_from_item
from budgets.repositories.expenses import expense_from_item, expense_item
from budgets.repositories.months import PERIOD, is_month, month_from_item
from budgets.repositories.receipts import receipt_from_item
from budgets.tables import BUDGETS, EXPENSES, RECEIPTS
from core import money
from core.accounts.notice_channels import notice_channels
from core.accounts.repositories.users import user_from_item
from core.accounts.tables import USERS
from core.periods import Month
from core.private_files import private_files
from core.reconciling.rules import Account, Disagreement

INDEXED = ("date_id", "user_category")


def expenses_are_sums_of_money(account: Account) -> Iterable[Disagreement]:
    """Every expense is an amount in whole cents and the home currency, on a day since 1970; its indexes find it."""
    currency = next((user_from_item(user).home_currency for user in account.of(USERS)), None)
    for item, expense in zip(account.of(EXPENSES), expenses_of(account), strict=True):
        for detail in _wrong_with(expense):
            yield about_expense(expense, detail)
        if currency not in (None, expense.currency):
            yield about_expense(expense, f"is in {expense.currency}, the user's home currency is {currency}")
        right = expense_item(expense)
        for name in INDEXED:
            if item.get(name) != right[name]:
                yield about_expense(expense, f"{name} is {item.get(name)}, not {right[name]}")


def budgets_are_of_known_categories(account: Account) -> Iterable[Disagreement]:
    """Budgets are zero or more, of categories that there are, with rising thresholds; own categories are different."""
    definitions = definitions_of(account)
    for category, budget in definitions.budgets.items():
        if category not in definitions.categories:
            yield about_definitions(account, f"a budget of {category}, which is no category")
        for detail in _wrong_with_budget(budget):
            yield about_definitions(account, f"{category}: {detail}")
    if len({name.casefold() for name in definitions.categories}) != len(definitions.categories):
        yield about_definitions(account, "two categories of one name")
    if len(definitions.own_categories) > MOST_OWN_CATEGORIES:
        yield about_definitions(account, f"{len(definitions.own_categories)} own categories")
    channels = notice_channels()
    always = {name for name, channel in channels.items() if channel.is_always}
    if definitions.channels and not always <= set(definitions.channels) <= channels.keys():
        yield about_definitions(account, f"channels are {list(definitions.channels)}")


def receipts_are_there(account: Account) -> Iterable[Disagreement]:
    """Every receipt that an expense names has its row, of that expense, which says the same; and its file is there.

    Asks the storage of private files once for each receipt.
    """
    known = {item["key"]: receipt_from_item(item) for item in account.of(RECEIPTS)}
    for expense in expenses_of(account):
        receipt = expense.receipt
        if receipt is None:
            continue
        row = known.get(receipt.key)
        if row is None:
            yield about_expense(expense, f"names the receipt {receipt.key}, of which there is no row")
        elif (row.expense_id, row.receipt) != (expense.expense_id, receipt):
            yield about_expense(expense, f"names the receipt {receipt.key}, of which its row says otherwise")
        if not private_files().exists(receipt.key):
            yield about_expense(expense, f"names the receipt {receipt.key}, of which there is no file")


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


def _wrong_with(expense: Expense) -> Iterable[str]:
    if not 0 < abs(expense.amount) <= MOST_MONEY or money.places(expense.amount) > 2:
        yield f"amount is {expense.amount}"
    if expense.day < FIRST_DAY:
        yield f"date is {expense.day}"
    if expense.version < 1:
        yield f"version is {expense.version}"


def _wrong_with_budget(budget: Budget) -> Iterable[str]:
    if not 0 <= budget.amount <= MOST_MONEY or money.places(budget.amount) > 2:
        yield f"amount is {budget.amount}"
    rises = all(before < after for before, after in pairwise(budget.thresholds))
    if not budget.thresholds or not rises or not all(1 <= each <= LARGEST_THRESHOLD for each in budget.thresholds):
        yield f"alert_threshold is {list(budget.thresholds)}"
