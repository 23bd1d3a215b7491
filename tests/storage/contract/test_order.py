"""Rows come in the order of their sort key: numbers as numbers, text as UTF-8 bytes."""

import random
from decimal import Decimal

import pytest

from core.storage import Attr, ConditionFailed, KeyCondition, Put, Query, Store, Update
from tests.storage.tables import NAMES, NOTES, READINGS

NUMBERS = [
    Decimal(text)
    for text in (
        *("-9.9E125", "-1E20", "-123.46", "-123.456", "-123.4", "-12", "-2", "-1.5", "-1.05", "-1", "-0.5", "-1E-130"),
        *("0", "1E-130", "0.05", "0.5", "0.99999999999999999999999999999999999999", "1", "1.05", "1.5", "2", "9", "10"),
        *("11", "99", "100", "123.4", "123.456", "123.46", "1E20", "9.9E125"),
    )
]
TEXTS = ["A", "Z", "a", "a\x00", "a!", "aa", "ab", "b", "z", "ß", "é", "π", "世", "\uffff", "🌍"]


def shuffled(values: list[object]) -> list[object]:
    values = list(values)
    random.Random(7).shuffle(values)
    return values


def test_number_keys_are_in_the_order_of_the_numbers(items: Store) -> None:
    for at in shuffled(list(NUMBERS)):
        items.put(READINGS, {"place": "here", "at": at})

    page = items.query(Query(READINGS, KeyCondition("place").eq("here")))

    assert [item["at"] for item in page.items] == NUMBERS


def test_text_keys_are_in_the_order_of_their_utf8_bytes(items: Store) -> None:
    assert sorted(TEXTS, key=str.encode) == TEXTS
    for note in shuffled(list(TEXTS)):
        items.put(NOTES, {"owner": "alice", "note": note})

    page = items.query(Query(NOTES, KeyCondition("owner").eq("alice")))

    assert [item["note"] for item in page.items] == TEXTS


def test_descending_is_the_same_backwards(items: Store) -> None:
    for at in shuffled(list(NUMBERS)):
        items.put(READINGS, {"place": "here", "at": at})

    page = items.query(Query(READINGS, KeyCondition("place").eq("here"), descending=True))

    assert [item["at"] for item in page.items] == NUMBERS[::-1]


@pytest.mark.parametrize("same", [1, Decimal("1"), Decimal("1.0"), Decimal("1.00"), Decimal("10E-1")], ids=repr)
def test_one_number_is_one_key_however_it_is_written(items: Store, same: Decimal) -> None:
    items.put(READINGS, {"place": "here", "at": Decimal("1.000"), "value": "first"})
    items.put(READINGS, {"place": "here", "at": same, "value": "second"})

    page = items.query(Query(READINGS, KeyCondition("place").eq("here") & KeyCondition("at").eq(Decimal("1.0"))))

    assert [item["value"] for item in page.items] == ["second"]


@pytest.mark.parametrize("same", [100, Decimal("1E+2"), Decimal("100.0")], ids=repr)
def test_one_number_is_one_value_in_conditions_and_lists(items: Store, same: Decimal) -> None:
    items.put(NAMES, {"name": "a", "number": Decimal("100"), "list": [100]})

    items.update(NAMES, {"name": "a"}, Update(set={"seen": 1}), condition=Attr("number").eq(same))
    items.update(NAMES, {"name": "a"}, Update(set={"seen": 2}), condition=Attr("list").eq([same]))

    assert items.update(NAMES, {"name": "a"}, Update(set={"last": 1}))["seen"] == 2


def test_numbers_are_compared_as_numbers_and_text_as_text(items: Store) -> None:
    items.batch_write([Put(NAMES, {"name": "number", "value": 9}), Put(NAMES, {"name": "text", "value": "9"})])

    items.update(NAMES, {"name": "number"}, Update(set={"ok": 1}), condition=Attr("value").lt(10))
    with pytest.raises(ConditionFailed):
        items.update(NAMES, {"name": "text"}, Update(set={"ok": 1}), condition=Attr("value").lt("10"))
