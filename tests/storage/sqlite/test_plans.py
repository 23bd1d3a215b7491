"""Every query walks a tree from its first row to its last: SQLite neither scans a table nor sorts."""

import itertools

import pytest

from core.storage import Index
from core.storage.sqlite import MemoryConnection, SqliteBackend
from core.storage.sqlite.queries import SORT_CONDITIONS
from core.storage.sqlite.statements import Statements
from tests.storage.tables import NOTES


@pytest.mark.parametrize("sort", SORT_CONDITIONS)
@pytest.mark.parametrize("index", [None, *NOTES.indexes], ids=lambda index: index.name if index else "table")
def test_a_query_neither_scans_nor_sorts(sort: str, index: Index | None) -> None:
    connections = MemoryConnection()
    SqliteBackend(connections).create(NOTES)

    for after, descending in itertools.product((False, True), repeat=2):
        sql = Statements(NOTES).select(index, SORT_CONDITIONS[sort], after=after, descending=descending)
        with connections.reading() as connection:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", [b"x"] * sql.count("?")).fetchall()
        steps = [step for *_, step in plan]
        assert all(step.startswith("SEARCH") for step in steps), steps
        assert len(steps) == (1 if index is None else 2)


def test_purging_walks_the_tree_of_expiry() -> None:
    connections = MemoryConnection()
    SqliteBackend(connections).create(NOTES)

    with connections.reading() as connection:
        plan = connection.execute(f"EXPLAIN QUERY PLAN {Statements(NOTES).expired}", (1, 1)).fetchall()

    assert [step for *_, step in plan] == ["SEARCH table Notes USING INDEX expiry Notes (expiry<?)"]
