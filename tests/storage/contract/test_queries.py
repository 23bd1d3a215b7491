"""Pages of a partition: ranges, limits, filters, cursors."""

from typing import Any

import pytest
from boto3.dynamodb.conditions import ConditionBase

from core.storage import Attr, CursorRefused, InvalidOperation, KeyCondition, Put, Query, Store
from tests.storage.tables import NAMES, NOTES, READINGS

HERE = KeyCondition("place").eq("here")


@pytest.fixture
def ten(shared_items: Store) -> Store:
    """Readings at 0 to 9 `here`, every other one hot, and one elsewhere."""
    shared_items.batch_write([Put(READINGS, {"place": "here", "at": at, "hot": at % 2 == 0}) for at in range(10)])
    shared_items.put(READINGS, {"place": "there", "at": 3})
    return shared_items


def times(store: Store, query: Query) -> list[int]:
    return [int(item["at"]) for item in store.query(query).items]


def pages(store: Store, **query: Any) -> list[list[int]]:
    found, cursor = [], None
    while True:
        page = store.query(Query(cursor=cursor, **query))
        found.append([int(item["at"]) for item in page.items])
        cursor = page.cursor
        if cursor is None:
            return found


RANGES: dict[str, tuple[ConditionBase, list[int]]] = {
    "all": (HERE, list(range(10))),
    "eq": (HERE & KeyCondition("at").eq(4), [4]),
    "lt": (HERE & KeyCondition("at").lt(3), [0, 1, 2]),
    "lte": (HERE & KeyCondition("at").lte(3), [0, 1, 2, 3]),
    "gt": (HERE & KeyCondition("at").gt(7), [8, 9]),
    "gte": (HERE & KeyCondition("at").gte(7), [7, 8, 9]),
    "between": (HERE & KeyCondition("at").between(3, 5), [3, 4, 5]),
    "sort key first": (KeyCondition("at").between(3, 5) & HERE, [3, 4, 5]),
    "nothing": (HERE & KeyCondition("at").gt(90), []),
    "empty partition": (KeyCondition("place").eq("nowhere"), []),
}


@pytest.mark.parametrize(("where", "expected"), RANGES.values(), ids=RANGES)
def test_ranges(ten: Store, where: ConditionBase, expected: list[int]) -> None:
    assert times(ten, Query(READINGS, where)) == expected
    assert times(ten, Query(READINGS, where, descending=True, consistent=True)) == expected[::-1]


def test_begins_with_takes_the_prefix_and_nothing_beside_it(items: Store) -> None:
    for note in ("A", "NOTE", "NOTE#", "NOTE#1", "NOTE#2", "NOTE#\uffff", "NOTE$", "O"):
        items.put(NOTES, {"owner": "alice", "note": note})

    page = items.query(Query(NOTES, KeyCondition("owner").eq("alice") & KeyCondition("note").begins_with("NOTE#")))

    assert [item["note"] for item in page.items] == ["NOTE#", "NOTE#1", "NOTE#2", "NOTE#\uffff"]


def test_the_limit_counts_before_the_filter(ten: Store) -> None:
    page = ten.query(Query(READINGS, HERE, filter=Attr("hot").eq(True), limit=5))

    assert [item["at"] for item in page.items] == [0, 2, 4]
    assert page.cursor == {"place": "here", "at": 4}


def test_a_filter_may_leave_a_page_empty_with_more_to_come(ten: Store) -> None:
    assert pages(ten, table=READINGS, where=HERE, filter=Attr("at2").exists(), limit=4) == [[], [], []]


def test_a_page_that_ends_exactly_at_the_limit_has_a_cursor(ten: Store) -> None:
    assert pages(ten, table=READINGS, where=HERE, limit=5) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9], []]


def test_a_page_with_room_left_has_none(ten: Store) -> None:
    assert pages(ten, table=READINGS, where=HERE, limit=11) == [list(range(10))]
    assert pages(ten, table=READINGS, where=HERE) == [list(range(10))]


def test_cursors_work_backwards_and_within_ranges(ten: Store) -> None:
    where = HERE & KeyCondition("at").between(2, 8)

    assert pages(ten, table=READINGS, where=where, limit=3, descending=True) == [[8, 7, 6], [5, 4, 3], [2]]


def test_a_cursor_goes_on_where_its_row_was_deleted(ten: Store) -> None:
    first = ten.query(Query(READINGS, HERE, limit=3))
    ten.delete(READINGS, {"place": "here", "at": 2})

    assert times(ten, Query(READINGS, HERE, limit=3, cursor=first.cursor)) == [3, 4, 5]


@pytest.mark.parametrize(
    "cursor",
    [
        {"place": "there", "at": 3},
        {"place": "here"},
        {"place": "here", "at": 3, "more": 1},
        {"place": "here", "at": "3"},
        {"place": "here", "at": 9},
        {"owner": "alice", "note": "n"},
        {"place": "here", "at": ""},
    ],
    ids=["other partition", "half", "more", "wrong type", "outside of the range", "other table", "empty"],
)
def test_a_foreign_cursor_is_refused(ten: Store, cursor: dict[str, Any]) -> None:
    with pytest.raises(CursorRefused):
        ten.query(Query(READINGS, HERE & KeyCondition("at").lt(8), cursor=cursor))


def test_a_page_ends_before_one_megabyte(items: Store) -> None:
    for at in range(4):
        items.put(READINGS, {"place": "here", "at": at, "filling": "x" * 300_000})

    assert pages(items, table=READINGS, where=HERE) == [[0, 1, 2], [3]]


def test_a_filter_on_the_key_is_refused(ten: Store) -> None:
    with pytest.raises(InvalidOperation):
        ten.query(Query(READINGS, HERE, filter=Attr("at").gt(3)))
    with pytest.raises(InvalidOperation):
        ten.query(Query(READINGS, HERE, filter=Attr("hot").eq(True) | Attr("place").exists()))


def test_a_filter_on_the_tables_key_is_fine_on_an_index(items: Store) -> None:
    items.put(NOTES, {"owner": "alice", "note": "1", "kind": "memo", "weight": 1})
    items.put(NOTES, {"owner": "bob", "note": "2", "kind": "memo", "weight": 2})
    memos = KeyCondition("kind").eq("memo")

    page = items.query(Query(NOTES, memos, index="KindIndex", filter=Attr("owner").eq("bob")))

    assert [item["note"] for item in page.items] == ["2"]
    with pytest.raises(InvalidOperation):
        items.query(Query(NOTES, memos, index="KindIndex", filter=Attr("weight").eq(2)))


WRONG: dict[str, dict[str, Any]] = {
    "no partition": {"where": KeyCondition("at").eq(1)},
    "partition in a range": {"where": KeyCondition("place").gt("a")},
    "two sort conditions": {"where": HERE & KeyCondition("at").gt(1) & KeyCondition("at").lt(5)},
    "another attribute": {"where": HERE & KeyCondition("hot").eq(1)},
    "or": {"where": HERE | KeyCondition("at").eq(1)},
    "not": {"where": ~HERE},
    "wrong type": {"where": KeyCondition("place").eq(1)},
    "wrong sort type": {"where": HERE & KeyCondition("at").gt("1")},
    "number with a prefix": {"where": HERE & KeyCondition("at").begins_with("1")},
    "bounds swapped": {"where": HERE & KeyCondition("at").between(5, 3)},
    "empty": {"where": KeyCondition("place").eq("")},
    "Attr": {"where": Attr("place").eq("here")},
    "limit 0": {"where": HERE, "limit": 0},
    "no such index": {"where": HERE, "index": "KindIndex"},
}


@pytest.mark.parametrize("query", WRONG.values(), ids=WRONG)
def test_a_query_that_makes_no_sense_is_refused(shared_items: Store, query: dict[str, Any]) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.query(Query(READINGS, **query))


def test_a_table_without_a_sort_key_is_queried_by_its_key(items: Store) -> None:
    items.put(NAMES, {"name": "a", "value": 1})

    assert items.query(Query(NAMES, KeyCondition("name").eq("a"))).items == ({"name": "a", "value": 1},)
