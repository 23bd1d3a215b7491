"""Writing parts of files and taking them away, with what they count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from budgets.repositories import imports
from budgets.tables import IMPORTS
from core.accounts.repositories.users import open_check
from core.commit import commit
from core.retry import LostRace
from core.storage import Item, Put, store

WRITTEN_AT_ONCE = 4
"""Parts of a file in one transaction: 1.2 MB, and few enough for a server that takes 10 writes."""
REMOVED_AT_ONCE = 8
"""Few enough for a server that takes 10 writes."""


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


def _removed(parts: Sequence[Item]) -> bool:
    """Whether they are gone; False where somebody else has taken some of them, and the rest must be looked at again."""
    try:
        commit([imports.part_remove(part) for part in parts], was=[(IMPORTS, part) for part in parts])
    except LostRace:
        return False
    return True
