"""Sparse indexes follow their items; they are read on their own terms."""

from decimal import Decimal
from typing import Any

import pytest

from core.storage import Change, CursorRefused, InvalidOperation, KeyCondition, Put, Query, Store, Update
from tests.storage.tables import NOTES

MEMOS = KeyCondition("kind").eq("memo")
KEY = {"owner": "alice", "note": "n"}


def memos(store: Store) -> list[tuple[str, int]]:
    page = store.query(Query(NOTES, MEMOS, index="KindIndex"))
    return [(item["note"], int(item["weight"])) for item in page.items]


def test_only_items_with_both_attributes_are_in_an_index(items: Store) -> None:
    items.put(NOTES, {"owner": "alice", "note": "none"})
    items.put(NOTES, {"owner": "alice", "note": "half", "kind": "memo"})
    items.put(NOTES, {"owner": "alice", "note": "other half", "weight": 1})
    items.put(NOTES, {"owner": "alice", "note": "whole", "kind": "memo", "weight": 1})

    assert memos(items) == [("whole", 1)]


def test_an_item_enters_moves_and_leaves(items: Store) -> None:
    items.put(NOTES, KEY)
    items.update(NOTES, KEY, Update(set={"kind": "memo", "weight": 5}))
    assert memos(items) == [("n", 5)]

    items.update(NOTES, KEY, Update(add={"weight": 2}))
    assert memos(items) == [("n", 7)]

    items.update(NOTES, KEY, Update(remove=("weight",)))
    assert memos(items) == []

    items.transact_write([Change(NOTES, KEY, Update(set={"weight": 1}))])
    assert memos(items) == [("n", 1)]

    items.put(NOTES, {**KEY, "kind": "letter", "weight": 1})
    assert memos(items) == []

    items.put(NOTES, {**KEY, "kind": "memo", "weight": 1})
    items.delete(NOTES, KEY)
    assert memos(items) == []


def test_an_index_returns_whole_items_as_they_are_now(items: Store) -> None:
    items.put(NOTES, {**KEY, "kind": "memo", "weight": 1, "body": "first"})
    items.update(NOTES, KEY, Update(set={"body": "second"}))

    (found,) = items.query(Query(NOTES, MEMOS, index="KindIndex")).items

    assert found == {**KEY, "kind": "memo", "weight": 1, "body": "second"}


def test_an_index_is_in_the_order_of_its_sort_key(items: Store) -> None:
    for note, weight in (("a", 10), ("b", 9), ("c", -1), ("d", Decimal("9.5"))):
        items.put(NOTES, {"owner": "alice", "note": note, "kind": "memo", "weight": weight})

    assert [note for note, _ in memos(items)] == ["c", "b", "d", "a"]


def test_many_items_may_share_one_index_key_and_cursors_differ(items: Store) -> None:
    items.batch_write(
        [Put(NOTES, {"owner": owner, "note": "n", "kind": "memo", "weight": 1}) for owner in ("a", "b", "c", "d", "e")]
    )
    found, cursor = [], None

    for _ in range(3):
        page = items.query(Query(NOTES, MEMOS, index="KindIndex", limit=2, cursor=cursor))
        found += [item["owner"] for item in page.items]
        cursor = page.cursor

    assert sorted(found) == ["a", "b", "c", "d", "e"]
    assert cursor is None


def test_an_index_without_a_sort_key_pages_too(items: Store) -> None:
    items.batch_write([Put(NOTES, {"owner": owner, "note": "n", "colour": "red"}) for owner in ("a", "b", "c")])
    red = KeyCondition("colour").eq("red")

    first = items.query(Query(NOTES, red, index="ColourIndex", limit=2))
    second = items.query(Query(NOTES, red, index="ColourIndex", limit=2, cursor=first.cursor))

    assert sorted(item["owner"] for item in (*first.items, *second.items)) == ["a", "b", "c"]
    assert first.cursor is not None
    assert set(first.cursor) == {"owner", "note", "colour"}


@pytest.mark.parametrize("wrong", [{"weight": "1"}, {"kind": 1}, {"kind": True}], ids=repr)
def test_an_index_key_of_the_wrong_type_is_refused(shared_items: Store, wrong: dict[str, Any]) -> None:
    item = {**KEY, "kind": "memo", "weight": 1, **wrong}

    with pytest.raises(InvalidOperation):
        shared_items.put(NOTES, item)
    with pytest.raises(InvalidOperation):
        shared_items.update(NOTES, KEY, Update(set=wrong))
    with pytest.raises(InvalidOperation):
        shared_items.transact_write([Put(NOTES, item)])

    assert shared_items.get(NOTES, KEY) is None


def test_a_consistent_read_of_an_index_is_refused(shared_items: Store) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.query(Query(NOTES, MEMOS, index="KindIndex", consistent=True))


@pytest.mark.parametrize(
    "cursor",
    [
        {"owner": "alice", "note": "n"},
        {"owner": "alice", "note": "n", "kind": "letter", "weight": 1},
        {"owner": "alice", "note": "n", "kind": "memo", "weight": "1"},
    ],
    ids=["of the table", "other partition", "wrong type"],
)
def test_a_foreign_cursor_is_refused_on_an_index(shared_items: Store, cursor: dict[str, Any]) -> None:
    with pytest.raises(CursorRefused):
        shared_items.query(Query(NOTES, MEMOS, index="KindIndex", cursor=cursor))
