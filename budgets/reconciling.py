"""Rules by which expenses, the totals of months, budgets and imports agree."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from budgets.domain.budget import LARGEST_THRESHOLD, Budget
from budgets.domain.categories import MOST_OWN_CATEGORIES
from budgets.domain.definitions import Definitions
from budgets.domain.effect import recounted
from budgets.domain.expense import MOST_MONEY, Expense
from budgets.domain.importing.record import Import, Status
from budgets.domain.month import CategoryTotal, MonthTotals
from budgets.repositories.definitions import DEFINITIONS, definitions_address, definitions_from_item
from budgets.repositories.expenses import expense_address, expense_from_item, expense_item
from budgets.repositories.imports import IMPORT, KEY, PLAN, import_from_item, rows_in
from budgets.repositories.months import is_month, month_address, month_from_item
from budgets.repositories.receipts import receipt_from_item
from budgets.selectors.expenses import DELETED_EXPENSES
from budgets.tables import BUDGETS, EXPENSES, IMPORTS, RECEIPTS
from core import clock, money, trash
from core.accounts.notice_channels import notice_channels
from core.accounts.repositories.users import user_from_item
from core.accounts.tables import USERS
from core.events import LONGEST_WAIT
from core.periods import Month
from core.private_files import private_files
from core.reconciling.rules import Account, Disagreement, compared, row_name
from core.storage import Item, Table
from core.tables import TRASH, TRASH_KEPT

INDEXED = ("date_id", "user_category")
FARTHEST_EAST = timedelta(hours=14)
"""No zone is further ahead of UTC."""


def totals_are_sums_of_expenses(account: Account) -> Iterable[Disagreement]:
    """For every month and category, what was spent and in how many expenses is what the expenses add up to."""
    username, by = account.username, "its expenses add up to"
    stored, counted = _months(account), recounted(username, _expenses(account))
    for month in sorted({*stored, *counted}):
        said, found = (months.get(month, MonthTotals(username, month)) for months in (stored, counted))
        row = row_name(BUDGETS, month_address(username, month).key)
        for category in sorted({*said.categories, *found.categories}):
            one, other = said.of(category), found.of(category)
            yield from compared(username, row, f"spent on {category}", one.spent, by, other.spent)
            yield from compared(username, row, f"count of {category}", Decimal(one.count), by, Decimal(other.count))


def notified_is_of_months_that_began(account: Account) -> Iterable[Disagreement]:
    """A month notified of rising percentages, by the amount of a budget; a month to come has notified of nothing."""
    latest = (account.now + FARTHEST_EAST).date()
    for month, totals in _months(account).items():
        key = month_address(account.username, month).key
        for category, total in totals.categories.items():
            for detail in _wrong_with_total(total):
                yield _about(BUDGETS, key, f"{category}: {detail}")
            if total.judged_by is not None and month.first_day > latest:
                yield _about(BUDGETS, key, f"{category}: judged before the month has begun")


def expenses_are_sums_of_money(account: Account) -> Iterable[Disagreement]:
    """Every expense is an amount in whole cents and the home currency, on a day since 1970; its indexes find it."""
    currency = next((user_from_item(user).home_currency for user in account.of(USERS)), None)
    for item, expense in zip(account.of(EXPENSES), _expenses(account), strict=True):
        for detail in _wrong_with_expense(expense):
            yield _about(EXPENSES, item, detail)
        if currency not in (None, expense.currency):
            yield _about(EXPENSES, item, f"is in {expense.currency}, the user's home currency is {currency}")
        right = expense_item(expense)
        for name in INDEXED:
            if item.get(name) != right[name]:
                yield _about(EXPENSES, item, f"{name} is {item.get(name)}, not {right[name]}")


def budgets_are_of_known_categories(account: Account) -> Iterable[Disagreement]:
    """Budgets are zero or more, of categories that there are, with rising thresholds; own categories are different."""
    found = [item for item in account.of(BUDGETS) if item["entry"] == DEFINITIONS]
    definitions = definitions_from_item(found[0]) if found else Definitions(account.username)
    for detail in _wrong_with_definitions(definitions):
        yield _about(BUDGETS, definitions_address(account.username).key, detail)


def receipts_are_there(account: Account) -> Iterable[Disagreement]:
    """Every receipt that an expense names has its row, of that expense, which says the same; and its file is there.

    Asks the storage of private files once for each receipt.
    """
    known = {item["key"]: receipt_from_item(item) for item in account.of(RECEIPTS)}
    for expense in _expenses(account):
        receipt = expense.receipt
        if receipt is None:
            continue
        row, named = known.get(receipt.key), f"names the receipt {receipt.key}, of which"
        if row is None:
            yield _about_expense(expense, f"{named} there is no row")
        elif (row.expense_id, row.receipt) != (expense.expense_id, receipt):
            yield _about_expense(expense, f"{named} its row says otherwise")
        if not private_files().exists(receipt.key):
            yield _about_expense(expense, f"{named} there is no file")


def marks_stand_for_expenses(account: Account) -> Iterable[Disagreement]:
    """Every mark names an expense of its import that is there, or that was deleted by hand; every such expense has one.

    What has left the trash has left no other trace.
    """
    imports = {found.import_id for found in _imports(account)}
    expenses = {each.expense_id: each for each in _expenses(account)}
    deleted = {
        trash.identifier_of(item["entry"]) for item in account.of(TRASH) if item["kind"] == DELETED_EXPENSES.name
    }
    marked = Counter(item["expense_id"] for item in _import_rows(account, KEY))
    for item in _import_rows(account, KEY):
        expense_id = item["expense_id"]
        expense = expenses.get(expense_id)
        if marked[expense_id] > 1:
            yield _about(IMPORTS, item, f"names {expense_id}, as another mark does")
        if item["import_id"] not in imports:
            yield _about(IMPORTS, item, f"is of the import {item['import_id']}, which is not there")
        if expense is not None and expense.import_id != item["import_id"]:
            yield _about(IMPORTS, item, f"names {expense_id}, which is of the import {expense.import_id}")
        is_young = account.now - clock.from_text(item["created_at"]) < TRASH_KEPT
        if expense is None and expense_id not in deleted and is_young:
            yield _about(IMPORTS, item, f"names {expense_id}, which is neither there nor deleted by hand")
    for expense in expenses.values():
        if expense.import_id is not None and not marked[expense.expense_id]:
            yield _about_expense(expense, "came by an import, and no mark names it")


def imports_are_as_far_as_they_say(account: Account) -> Iterable[Disagreement]:
    """What an import says it added is what is marked as its own; one that is done did all, any other is worked."""
    marks = Counter(item["import_id"] for item in _import_rows(account, KEY))
    for item, found in zip(_import_rows(account, IMPORT), _imports(account), strict=True):
        said, marked = Decimal(found.added - found.removed), Decimal(marks[found.import_id])
        row = row_name(IMPORTS, item)
        yield from compared(account.username, row, "added less removed", said, "its marks are", marked)
        for detail in _wrong_with_import(item, found, account):
            yield _about(IMPORTS, item, detail)


def rows_of_imports_are_there(account: Account) -> Iterable[Disagreement]:
    """The rows of an import's plan are all there while it needs them."""
    kept: Counter[str] = Counter()
    for item in _import_rows(account, PLAN):
        kept[item["entry"].split("#")[1]] += len(rows_in(item))
    for item, found in zip(_import_rows(account, IMPORT), _imports(account), strict=True):
        needs = found.status in (Status.PREVIEW, Status.RUNNING, Status.UNDOING) or found.can_be_undone(account.now)
        if needs and not found.is_over(account.now):
            row, said, there = row_name(IMPORTS, item), Decimal(found.rows), Decimal(kept[found.plan])
            yield from compared(account.username, row, "rows", said, "those kept are", there)


def _wrong_with_total(total: CategoryTotal) -> Iterable[str]:
    if any(not 1 <= each <= LARGEST_THRESHOLD for each in total.notified):
        yield f"notified of {list(total.notified)} percent"
    if any(after <= before for before, after in pairwise(total.notified)):
        yield f"notified of {list(total.notified)}, not rising"
    if total.judged_by is None and (total.notified or total.notified_exceeded):
        yield "notified, and judged by no budget"
    if total.judged_by is not None and total.judged_by < 0:
        yield f"judged_by is {total.judged_by}"


def _wrong_with_expense(expense: Expense) -> Iterable[str]:
    if not 0 < abs(expense.amount) <= MOST_MONEY or money.places(expense.amount) > 2:
        yield f"amount is {expense.amount}"
    if expense.day < clock.FIRST_DAY:
        yield f"date is {expense.day}"
    if expense.version < 1:
        yield f"version is {expense.version}"


def _wrong_with_definitions(definitions: Definitions) -> Iterable[str]:
    for category, budget in definitions.budgets.items():
        if category not in definitions.categories:
            yield f"a budget of {category}, which is not a category"
        for detail in _wrong_with_budget(budget):
            yield f"{category}: {detail}"
    if len({name.casefold() for name in definitions.categories}) != len(definitions.categories):
        yield "two categories of one name"
    if len(definitions.own_categories) > MOST_OWN_CATEGORIES:
        yield f"{len(definitions.own_categories)} own categories"
    channels = notice_channels()
    always = {name for name, channel in channels.items() if channel.is_always}
    if definitions.channels and not always <= set(definitions.channels) <= channels.keys():
        yield f"channels are {list(definitions.channels)}"


def _wrong_with_budget(budget: Budget) -> Iterable[str]:
    if not 0 <= budget.amount <= MOST_MONEY or money.places(budget.amount) > 2:
        yield f"amount is {budget.amount}"
    rises = all(before < after for before, after in pairwise(budget.thresholds))
    if not budget.thresholds or not rises or not all(1 <= each <= LARGEST_THRESHOLD for each in budget.thresholds):
        yield f"alert_threshold is {list(budget.thresholds)}"


def _wrong_with_import(item: Item, found: Import, account: Account) -> Iterable[str]:
    done = found.added + found.duplicates + found.refused
    if found.status.is_draft and (done or found.position):
        yield f"is in {found.status}, and has done {done} rows"
    is_partly_done = found.status in (Status.STOPPED, Status.UNDOING, Status.UNDONE)
    if (is_partly_done and done > found.total) or (found.status is Status.DONE and done != found.total):
        yield f"is in {found.status}, and has done {done} of {found.total} rows"
    if found.removed + found.kept_count > found.added:
        yield f"removed {found.removed} and left {found.kept_count} of {found.added}"
    if ("work" in item) != found.status.is_worked:
        yield f"is in {found.status}, work is {item.get('work')}"
    if ("ttl" in item) != found.status.is_draft:
        yield f"is in {found.status}, ttl is {item.get('ttl')}"
    if found.status.is_worked and found.updated_at < account.now - timedelta(seconds=LONGEST_WAIT):
        yield f"is in {found.status}, and no worker has been at it since {clock.to_text(found.updated_at)}"


def _expenses(account: Account) -> list[Expense]:
    return [expense_from_item(item) for item in account.of(EXPENSES)]


def _months(account: Account) -> dict[Month, MonthTotals]:
    totals = (month_from_item(item) for item in account.of(BUDGETS) if is_month(item))
    return {each.month: each for each in totals}


def _imports(account: Account) -> list[Import]:
    return [import_from_item(item) for item in _import_rows(account, IMPORT)]


def _import_rows(account: Account, prefix: str) -> list[Item]:
    return [item for item in account.of(IMPORTS) if item["entry"].startswith(prefix)]


def _about(table: Table, key: Mapping[str, Any], detail: str) -> Disagreement:
    return Disagreement(key["username"], row_name(table, key), detail)


def _about_expense(expense: Expense, detail: str) -> Disagreement:
    return _about(EXPENSES, expense_address(expense.username, expense.expense_id).key, detail)


RULES = (
    totals_are_sums_of_expenses,
    notified_is_of_months_that_began,
    expenses_are_sums_of_money,
    budgets_are_of_known_categories,
    receipts_are_there,
    marks_stand_for_expenses,
    imports_are_as_far_as_they_say,
    rows_of_imports_are_there,
)
