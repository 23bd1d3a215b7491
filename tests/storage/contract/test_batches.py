"""Many items in one request."""

import pytest

from core.storage import Attr, Delete, Get, InvalidOperation, Put, Store
from tests.storage.tables import NAMES, NOTES, READINGS


def test_items_of_several_tables_come_in_the_order_asked(items: Store) -> None:
    items.put(NAMES, {"name": "a", "value": 1})
    items.put(NAMES, {"name": "b", "value": 2})
    items.put(NOTES, {"owner": "a", "note": "n", "value": 3})

    found = items.batch_get(
        [
            Get(NAMES, {"name": "b"}),
            Get(NOTES, {"owner": "a", "note": "n"}),
            Get(NAMES, {"name": "missing"}),
            Get(NAMES, {"name": "a"}),
        ],
        consistent=True,
    )

    assert [item and item["value"] for item in found] == [2, 3, None, 1]


def test_puts_and_deletes_of_several_tables_are_written(items: Store) -> None:
    items.put(NAMES, {"name": "old"})

    items.batch_write(
        [Delete(NAMES, {"name": "old"}), Put(NAMES, {"name": "new"}), Put(READINGS, {"place": "p", "at": 1})]
    )

    assert items.get(NAMES, {"name": "old"}) is None
    assert items.get(NAMES, {"name": "new"}) is not None
    assert items.get(READINGS, {"place": "p", "at": 1}) is not None


def test_a_hundred_reads_and_25_writes_fit(items: Store) -> None:
    for start in range(0, 100, 25):
        items.batch_write([Put(READINGS, {"place": "p", "at": at}) for at in range(start, start + 25)])

    found = items.batch_get([Get(READINGS, {"place": "p", "at": at}) for at in range(100)])

    assert [item and item["at"] for item in found] == list(range(100))


@pytest.mark.parametrize("count", [0, 101])
def test_no_reads_or_more_are_refused(items: Store, count: int) -> None:
    with pytest.raises(InvalidOperation):
        items.batch_get([Get(READINGS, {"place": "p", "at": at}) for at in range(count)])


@pytest.mark.parametrize("count", [0, 26])
def test_no_writes_or_more_are_refused(items: Store, count: int) -> None:
    with pytest.raises(InvalidOperation):
        items.batch_write([Put(READINGS, {"place": "p", "at": at}) for at in range(count)])

    assert items.get(READINGS, {"place": "p", "at": 0}) is None


def test_the_same_item_twice_is_refused(items: Store) -> None:
    with pytest.raises(InvalidOperation):
        items.batch_get([Get(NAMES, {"name": "a"}), Get(NAMES, {"name": "a"})])
    with pytest.raises(InvalidOperation):
        items.batch_write([Put(NAMES, {"name": "a"}), Delete(NAMES, {"name": "a"})])


def test_conditions_are_refused(items: Store) -> None:
    with pytest.raises(InvalidOperation):
        items.batch_write([Put(NAMES, {"name": "a"}, Attr("name").not_exists())])

    assert items.get(NAMES, {"name": "a"}) is None
