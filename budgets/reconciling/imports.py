"""Imports, the marks of rows that became expenses, and the expenses."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

from budgets.domain.importing.record import Import, Status
from budgets.reconciling.expenses import about_expense, expenses_of
from budgets.repositories.imports import IMPORT, KEY, PLAN, import_from_item, rows_in
from budgets.selectors.expenses import DELETED_EXPENSES
from budgets.tables import IMPORTS
from core import clock, trash
from core.events import LONGEST_WAIT
from core.reconciling.rules import Account, Disagreement, compared
from core.storage import Item
from core.tables import TRASH


def marks_stand_for_expenses(account: Account) -> Iterable[Disagreement]:
    """Every mark names an expense of its import that is there, or that was deleted by hand; every such expense has one.

    What was deleted more than 30 days ago has left no other trace.
    """
    imports = {found.import_id for found in imports_of(account)}
    expenses = {each.expense_id: each for each in expenses_of(account)}
    deleted = {
        trash.identifier_of(item["entry"]) for item in account.of(TRASH) if item["kind"] == DELETED_EXPENSES.name
    }
    marked = Counter(item["expense_id"] for item in _marks(account))
    for item in _marks(account):
        expense_id = item["expense_id"]
        expense = expenses.get(expense_id)
        if marked[expense_id] > 1:
            yield _about(account, item, f"names {expense_id}, as another mark does")
        if item["import_id"] not in imports:
            yield _about(account, item, f"is of the import {item['import_id']}, which is not there")
        if expense is not None and expense.import_id != item["import_id"]:
            yield _about(account, item, f"names {expense_id}, which is of the import {expense.import_id}")
        is_young = account.now - clock.from_text(item["created_at"]) < trash.KEPT
        if expense is None and expense_id not in deleted and is_young:
            yield _about(account, item, f"names {expense_id}, which is neither there nor deleted by hand")
    for expense in expenses.values():
        if expense.import_id is not None and not marked[expense.expense_id]:
            yield about_expense(expense, "came by an import, and no mark names it")


def imports_are_as_far_as_they_say(account: Account) -> Iterable[Disagreement]:
    """What an import says it added is what is marked as its own; what is done is all; what is not, somebody is at."""
    marks = Counter(item["import_id"] for item in _marks(account))
    for item, found in zip(_heads(account), imports_of(account), strict=True):
        row = f"{IMPORTS.name} {item['entry']}"
        said = Decimal(found.added - found.removed)
        yield from compared(
            account.username, row, "added less removed", said, "its marks are", Decimal(marks[found.import_id])
        )
        for detail in _wrong_with(item, found, account):
            yield Disagreement(account.username, row, detail)


def rows_of_imports_are_there(account: Account) -> Iterable[Disagreement]:
    """The rows that an import goes by are all there while it needs them."""
    kept: Counter[str] = Counter()
    for item in account.of(IMPORTS):
        if item["entry"].startswith(PLAN):
            kept[item["entry"].split("#")[1]] += len(rows_in(item))
    for found in imports_of(account):
        needs = found.status in (Status.PREVIEW, Status.RUNNING, Status.UNDOING) or found.can_be_undone(account.now)
        if needs and not found.is_over(account.now):
            row, said = f"{IMPORTS.name} {IMPORT}{found.import_id}", Decimal(found.rows)
            yield from compared(account.username, row, "rows", said, "those kept are", Decimal(kept[found.plan]))


def imports_of(account: Account) -> list[Import]:
    """Imports, oldest first."""
    return [import_from_item(item) for item in _heads(account)]


def _wrong_with(item: Item, found: Import, account: Account) -> Iterable[str]:
    done = found.added + found.duplicates + found.refused
    if found.status.is_draft and (done or found.position):
        yield f"is in {found.status}, and has done {done} rows"
    if found.status in (Status.STOPPED, Status.UNDOING, Status.UNDONE):
        if done > found.total:
            yield f"is in {found.status}, and has done {done} of {found.total} rows"
    elif found.status is Status.DONE and done != found.total:
        yield f"is in {found.status}, and has done {done} of {found.total} rows"
    if found.removed + found.kept_count > found.added:
        yield f"took away {found.removed} and left {found.kept_count} of {found.added}"
    if ("work" in item) != found.status.is_worked:
        yield f"is in {found.status}, work is {item.get('work')}"
    if ("ttl" in item) != found.status.is_draft:
        yield f"is in {found.status}, ttl is {item.get('ttl')}"
    if found.status.is_worked and found.updated_at < account.now - timedelta(seconds=LONGEST_WAIT):
        yield f"is in {found.status}, and nobody has been at it since {clock.to_text(found.updated_at)}"


def _heads(account: Account) -> list[Item]:
    return [item for item in account.of(IMPORTS) if item["entry"].startswith(IMPORT)]


def _marks(account: Account) -> list[Item]:
    return [item for item in account.of(IMPORTS) if item["entry"].startswith(KEY)]


def _about(account: Account, item: Item, detail: str) -> Disagreement:
    return Disagreement(account.username, f"{IMPORTS.name} {item['entry']}", detail)
