"""How much the product keeps of a user: counts of rows, never the rows themselves."""

import re
from dataclasses import dataclass

from core import wiring
from core.accounts.tables import USERS
from core.storage import KeyCondition, Query, store
from core.tables import IDEMPOTENCY, USAGE

COUNTED = 100
_WORD = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows of one table are a user's; `more` says that counting stopped there."""

    table: str
    rows: int
    more: bool

    @property
    def label(self) -> str:
        """The table's name as words: `Alert configurations`."""
        return _WORD.sub(" ", self.table).capitalize()


def rows_counted(username: str) -> list[RowCount]:
    """Rows of each table partitioned by username, up to 100 of each, without empty tables; a request for each."""
    counts = []
    for table in wiring.tables():
        if table.partition.name != "username" or table in (USERS, IDEMPOTENCY, USAGE):
            continue
        page = store().query(Query(table, KeyCondition("username").eq(username), limit=COUNTED))
        if page.items:
            counts.append(RowCount(table.name, len(page.items), page.cursor is not None))
    return counts
