"""One page of a query, whatever part of its rows is wanted."""

from decimal import Decimal

import pytest

from core.reading import read_page
from core.storage import Attr, KeyCondition, Put, Query, measured, store
from core.tables import TRASH

pytestmark = pytest.mark.every_backend

NEWEST = Query(TRASH, KeyCondition("username").eq("alice"), descending=True)


@pytest.fixture
def rows() -> list[int]:
    """The numbers of twelve rows, the newest first."""
    for number in range(12):
        row = {"number": number}
        store().transact_write(
            [Put(TRASH, {"username": "alice", "entry": f"{number:02d}", "kind": str(number % 3), "row": row})]
        )
    return list(range(11, -1, -1))


def number_of(item: dict[str, object]) -> int:
    row = item["row"]
    assert isinstance(row, dict)
    return int(Decimal(row["number"]))


def test_an_unfiltered_page_is_one_request(rows: list[int]) -> None:
    with measured() as usage:
        first = read_page(NEWEST, number_of, limit=5)
    assert (list(first.items), usage.requests) == (rows[:5], 1)
    assert list(read_page(NEWEST, number_of, limit=9, cursor=first.cursor).items) == rows[5:]


@pytest.mark.parametrize("filtered", [True, False])
def test_a_filter_loses_and_doubles_nothing_at_the_ends_of_pages(
    rows: list[int], monkeypatch: pytest.MonkeyPatch, filtered: bool
) -> None:
    monkeypatch.setattr("core.reading.FILTERED_ROWS", 4)
    query = Query(TRASH, NEWEST.where, filter=Attr("kind").eq("1") if filtered else None, descending=True)
    keep = None if filtered else lambda number: number % 3 == 1
    for limit in (1, 2, 3, 4):
        found: list[int] = []
        cursor = None
        while True:
            page = read_page(query, number_of, limit=limit, cursor=cursor, keep=keep)
            assert len(page.items) <= limit
            found += page.items
            cursor = page.cursor
            if cursor is None:
                break
        assert found == [number for number in rows if number % 3 == 1]


def test_at_most_five_requests_look_for_what_is_rare(rows: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.reading.FILTERED_ROWS", 2)
    with measured() as usage:
        page = read_page(NEWEST, number_of, limit=1, keep=lambda number: number == 0)
    assert (page.items, usage.requests) == ((), 5)
    assert read_page(NEWEST, number_of, limit=1, cursor=page.cursor, keep=lambda number: number == 0).items == (0,)
