"""The rows of a file as an import keeps them: compared with what is stored, and written in parts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from budgets.domain.importing.rows import Row
from budgets.repositories import imports
from budgets.selectors.expenses import expenses_every
from budgets.tables import IMPORTS
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.reading import many
from core.retry import LostRace
from core.storage import Item, Put, store

WRITTEN_AT_ONCE = 4
"""Parts of a file in one transaction: 1.2 MB, and few enough for a server that takes 10 writes."""
REMOVED_AT_ONCE = 8
"""Few enough for a server that takes 10 writes."""


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


def parts_write(username: str, parts: Sequence[Put]) -> Sequence[Put]:
    """Write parts, some at a time; returns the last of them, for the transaction of the import that they belong to.

    What is killed before that leaves parts behind that nobody sees, and that expire. Raises Refused where there is no
    room, and NotFound where the account is closed.
    """
    while len(parts) > WRITTEN_AT_ONCE:
        commit([*parts[:WRITTEN_AT_ONCE], open_check(username)])
        parts = parts[WRITTEN_AT_ONCE:]
    return parts


def parts_remove(username: str, *prefixes: str) -> None:
    """Take the parts away whose keys begin so; safe to repeat, and to do twice at once. What a kill leaves expires.

    2 requests for each 8 parts, and one more where there are that many.
    """
    for prefix in prefixes:
        query = replace(imports.parts_query(username, prefix), limit=REMOVED_AT_ONCE)
        while True:
            page = store().query(query)
            lost = bool(page.items) and not _removed(page.items)
            if page.cursor is None and not lost:
                break


def _beside_entered(username: str, rows: Sequence[Row]) -> list[Row]:
    """The rows, those marked that have the day and amount of an expense entered by hand; each such expense once."""
    days = [row.day for row in rows if row.state in ("new", "credit") and row.day is not None]
    if not days:
        return list(rows)
    entered: defaultdict[tuple[date | None, Decimal], list[str]] = defaultdict(list)
    for expense in expenses_every(username, since=min(days), until=max(days)):
        if expense.import_id is None:
            entered[expense.day, expense.amount].append(expense.expense_id)
    found: list[Row] = []
    for row in rows:
        same = entered.get((row.day, row.amount)) if row.state in ("new", "credit") else None
        found.append(row.duplicating(same.pop(), certain=False) if same else row)
    return found


def _removed(parts: Sequence[Item]) -> bool:
    """Whether they are gone; False where somebody else has taken some of them, and the rest must be looked at again."""
    try:
        commit([imports.part_remove(part) for part in parts], was=[(IMPORTS, part) for part in parts])
    except LostRace:
        return False
    return True
