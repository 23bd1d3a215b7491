"""Imports: the list, one of them, its rows, and which of these duplicate what the user has."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from budgets.domain.expense_filter import ExpenseFilter
from budgets.domain.importing.record import Import
from budgets.domain.importing.rows import Row
from budgets.domain.importing.sheet import Sheet
from budgets.repositories import imports
from budgets.selectors.expenses import expenses_every
from core import clock, ids
from core.errors import NotFound
from core.reading import Rows, every, many, read_page, required
from core.storage import Key


def import_get(username: str, import_id: str) -> Import:
    """One import; 1 request. Raises NotFound for one that is not there, not this user's, or was never confirmed."""
    ids.check_could_be(import_id, "This import")
    found = required(imports.import_address(username, import_id), imports.import_from_item, "This import")
    if found.is_over(clock.now()):
        raise NotFound("This import")
    return found


def imports_newest(username: str, limit: int, cursor: Key | None = None) -> Rows[Import]:
    """One page of imports, newest first; 1 request."""
    page = read_page(imports.imports_query(username), imports.import_from_item, limit=limit, cursor=cursor)
    now = clock.now()
    return Rows(tuple(each for each in page.items if not each.is_over(now)), page.cursor)


def import_rows(found: Import) -> list[Row] | None:
    """The rows of the plan; None where there are none yet, or their time is over.

    1 request for each 1 MB of them, compressed; 20,000 short rows take less.
    """
    return imports.plan_from_items(found, every(imports.plan_query(found))) if found.plan else None


def import_sheet(found: Import) -> Sheet | None:
    """The file as it was uploaded; None where its rows have expired. 1 request for each 1 MB, compressed."""
    return imports.sheet_from_items(found, every(imports.sheet_query(found)))


def dedupe(username: str, rows: Sequence[Row]) -> list[Row]:
    """The rows, those marked that duplicate what the user has, or may do so.

    One request for each 100 rows, and one for each 1 MB of expenses between the first and the last day of the file.
    """
    known = keys_known(username, [row.key for row in rows if row.key])
    rows = [row.duplicating(known[row.key], certain=True) if row.key in known else row for row in rows]
    return _beside_entered(username, rows)


def keys_known(username: str, keys: Sequence[str]) -> dict[str, str]:
    """Of these keys those that are there, with the expense that each became; 1 request for each 100."""
    wanted = list(dict.fromkeys(keys))
    items = many([imports.key_address(username, key) for key in wanted])
    return {key: item["expense_id"] for key, item in zip(wanted, items, strict=True) if item}


def _beside_entered(username: str, rows: Sequence[Row]) -> list[Row]:
    """The rows, those marked that have the day and amount of an expense entered by hand; each such expense once."""
    days = [row.day for row in rows if row.state in ("new", "credit") and row.day is not None]
    if not days:
        return list(rows)
    entered: defaultdict[tuple[date | None, Decimal], list[str]] = defaultdict(list)
    for expense in expenses_every(username, ExpenseFilter(since=min(days), until=max(days))):
        if expense.import_id is None:
            entered[expense.day, expense.amount].append(expense.expense_id)
    found: list[Row] = []
    for row in rows:
        same = entered.get((row.day, row.amount)) if row.state in ("new", "credit") else None
        found.append(row.duplicating(same.pop(), certain=False) if same else row)
    return found
