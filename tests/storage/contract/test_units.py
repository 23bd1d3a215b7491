"""Capacity units are counted as DynamoDB bills them.

Source: Amazon DynamoDB Developer Guide, "Read and write operations".
"""

from typing import Any

from core.storage import Attr, Change, Delete, Get, KeyCondition, Put, Query, Store, Update, measured
from tests.storage.tables import NAMES, NOTES, READINGS

HERE = KeyCondition("place").eq("here")


def a_note(**more: Any) -> dict[str, Any]:
    return {"owner": "a", "note": "n", "kind": "memo", "weight": 1, **more}


def test_a_put_costs_a_unit_for_each_kilobyte_begun(items: Store) -> None:
    for filling, units in ((1, 1), (1_000, 1), (1_024, 2), (5_000, 5)):
        with measured() as usage:
            items.put(NAMES, {"name": "a", "filling": "x" * filling})
        assert (usage.write_units, usage.read_units) == (units, 0)
        items.delete(NAMES, {"name": "a"})


def test_a_write_costs_the_larger_of_before_and_after(items: Store) -> None:
    items.put(NAMES, {"name": "a", "filling": "x" * 3_000})
    with measured() as smaller:
        items.put(NAMES, {"name": "a"})
    with measured() as larger:
        items.update(NAMES, {"name": "a"}, Update(set={"filling": "x" * 3_000}))
    with measured() as gone:
        items.delete(NAMES, {"name": "a"})
    assert (smaller.write_units, larger.write_units, gone.write_units) == (3, 3, 3)


def test_deleting_what_is_not_there_costs_one(items: Store) -> None:
    with measured() as usage:
        items.delete(NAMES, {"name": "nobody"})
    assert usage.write_units == 1


def test_a_get_costs_one_for_each_4_kilobytes_begun_and_half_when_not_consistent(items: Store) -> None:
    items.put(NAMES, {"name": "large", "filling": "x" * 5_000})
    for name, consistent, units in (
        ("large", True, 2),
        ("large", False, 1),
        ("nobody", True, 1),
        ("nobody", False, 0.5),
    ):
        with measured() as usage:
            items.get(NAMES, {"name": name}, consistent=consistent)
        assert usage.read_units == units


def test_items_of_a_batch_are_rounded_one_by_one(items: Store) -> None:
    items.batch_write([Put(READINGS, {"place": "here", "at": at, "filling": "x" * 100}) for at in range(4)])
    with measured() as usage:
        items.batch_get([Get(READINGS, {"place": "here", "at": at}) for at in range(4)], consistent=True)
    assert usage.read_units == 4
    with measured() as usage:
        items.batch_write(
            [Put(NAMES, {"name": "a", "filling": "x" * 2_000}), Delete(READINGS, {"place": "here", "at": 1})]
        )
    assert usage.write_units == 3


def test_rows_of_a_query_are_added_up_before_they_are_rounded(items: Store) -> None:
    items.batch_write([Put(READINGS, {"place": "here", "at": at, "filling": "x" * 1_000}) for at in range(10)])
    for consistent, units in ((True, 3), (False, 1.5)):
        with measured() as usage:
            items.query(Query(READINGS, HERE, consistent=consistent))
        assert usage.read_units == units


def test_rows_that_a_filter_leaves_out_are_paid_for(items: Store) -> None:
    items.batch_write([Put(READINGS, {"place": "here", "at": at, "filling": "x" * 1_000}) for at in range(10)])
    with measured() as usage:
        page = items.query(Query(READINGS, HERE, filter=Attr("nothing").exists(), consistent=True))
    assert (page.items, usage.read_units) == ((), 3)


def test_a_query_that_finds_nothing_costs_the_least(items: Store) -> None:
    for consistent, units in ((True, 1), (False, 0.5)):
        with measured() as usage:
            items.query(Query(READINGS, HERE, consistent=consistent))
        assert usage.read_units == units


def test_a_transaction_writes_at_double_price(items: Store) -> None:
    with measured() as usage:
        items.transact_write([Put(NAMES, {"name": "a"}), Change(NAMES, {"name": "b"}, Update(set={"x": 1}))])
    assert usage.write_units == 4


def test_an_index_row_is_a_write_of_its_own(items: Store) -> None:
    with measured() as usage:
        items.put(NOTES, a_note(filling="x" * 3000))
    assert usage.write_units == 6


def test_an_index_row_that_moves_is_two_writes_and_one_that_stays_the_same_is_one(items: Store) -> None:
    items.put(NOTES, a_note())
    with measured() as moved:
        items.update(NOTES, {"owner": "a", "note": "n"}, Update(set={"weight": 2}))
    with measured() as changed:
        items.update(NOTES, {"owner": "a", "note": "n"}, Update(set={"body": "text"}))
    with measured() as same:
        items.put(NOTES, a_note(weight=2, body="text"))
    with measured() as left:
        items.update(NOTES, {"owner": "a", "note": "n"}, Update(remove=("weight",)))
    assert (moved.write_units, changed.write_units, same.write_units, left.write_units) == (3, 2, 1, 2)
