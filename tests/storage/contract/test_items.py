"""Items go in and come out as they were."""

from decimal import Decimal

import pytest

from core.storage import Attr, ConditionFailed, Get, InvalidOperation, Store
from tests.storage.tables import NAMES, NOTES


def test_every_kind_of_value_comes_back_as_it_was(items: Store) -> None:
    item = {
        "name": "everything",
        "text": "Grüße, 世界 🌍",
        "number": Decimal("-1234567890.123456789"),
        "whole": 7,
        "bytes": b"\x00\xff",
        "yes": True,
        "no": False,
        "nothing": None,
        "list": [1, "two", [b"3"], {"four": Decimal(4)}],
        "map": {"inner": {"deep": {"S": "not a type"}}},
        "empty list": [],
        "empty map": {},
    }

    items.put(NAMES, item)

    assert items.get(NAMES, {"name": "everything"}, consistent=True) == item


def test_numbers_come_back_as_decimals_and_bools_as_bools(items: Store) -> None:
    items.put(NAMES, {"name": "n", "number": 1, "bool": True})

    found = items.get(NAMES, {"name": "n"})

    assert found is not None
    assert isinstance(found["number"], Decimal)
    assert found["bool"] is True


def test_an_item_that_is_not_there_is_none(items: Store) -> None:
    assert items.get(NAMES, {"name": "nobody"}) is None


def test_a_put_replaces_the_whole_item(items: Store) -> None:
    items.put(NAMES, {"name": "a", "old": 1})
    items.put(NAMES, {"name": "a", "new": 2})

    assert items.get(NAMES, {"name": "a"}) == {"name": "a", "new": 2}


def test_a_delete_returns_what_was_there_and_may_be_repeated(items: Store) -> None:
    items.put(NAMES, {"name": "a", "value": 1})

    assert items.delete(NAMES, {"name": "a"}) == {"name": "a", "value": 1}
    assert items.delete(NAMES, {"name": "a"}) is None
    assert items.get(NAMES, {"name": "a"}) is None


def test_a_condition_that_fails_says_its_label_and_what_was_there(items: Store) -> None:
    items.put(NAMES, {"name": "a", "value": 1})

    with pytest.raises(ConditionFailed) as caught:
        items.put(NAMES, {"name": "a", "value": 2}, condition=Attr("name").not_exists(), label="taken")

    assert caught.value.label == "taken"
    assert caught.value.item == {"name": "a", "value": 1}
    assert items.get(NAMES, {"name": "a"}) == {"name": "a", "value": 1}


def test_a_condition_on_an_item_that_is_not_there_fails_without_an_item(items: Store) -> None:
    with pytest.raises(ConditionFailed) as caught:
        items.delete(NAMES, {"name": "a"}, condition=Attr("name").exists())

    assert caught.value.item is None


def test_keys_of_two_parts_differ(items: Store) -> None:
    items.put(NOTES, {"owner": "ab", "note": "c", "value": 1})
    items.put(NOTES, {"owner": "a", "note": "bc", "value": 2})

    found = items.batch_get([Get(NOTES, {"owner": "a", "note": "bc"}), Get(NOTES, {"owner": "ab", "note": "c"})])

    assert [item and item["value"] for item in found] == [2, 1]


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"owner": "a"},
        {"owner": "a", "note": "b", "more": "c"},
        {"owner": "a", "note": ""},
        {"owner": "a", "note": 1},
    ],
    ids=["none", "half", "more", "empty", "wrong type"],
)
def test_a_key_that_is_not_the_tables_is_refused(shared_items: Store, key: dict[str, object]) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.get(NOTES, key)


@pytest.mark.parametrize(
    "item",
    [{"owner": "a"}, {"owner": "", "note": "b"}, {"owner": "a", "note": 1}, {"owner": "o" * 2049, "note": "b"}],
    ids=["half", "empty", "wrong type", "too long"],
)
def test_an_item_without_a_proper_key_is_refused(shared_items: Store, item: dict[str, object]) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.put(NOTES, item)
