"""Keys: of text or numbers, up to their sizes, and different to the last byte and digit."""

from decimal import Decimal

import pytest

from core.storage import Get, InvalidOperation, KeyCondition, Put, Query, Store
from tests.storage.tables import DAYS, NOTES

LARGEST = [("a" * 2048, "b" * 1024), ("é" * 1024, "é" * 512), ("🌍" * 512, "🌍" * 256)]
NUMBERS = [Decimal(text) for text in ("0", "1", "-1", "1.5", "1E-130", "-9.9E125", "9" * 38, "-" + "9" * 38)]


@pytest.mark.parametrize(("owner", "note"), LARGEST, ids=["ascii", "two bytes", "four bytes"])
def test_the_longest_keys_are_held_and_counted_in_bytes(items: Store, owner: str, note: str) -> None:
    items.put(NOTES, {"owner": owner, "note": note})

    assert items.get(NOTES, {"owner": owner, "note": note}) == {"owner": owner, "note": note}
    for longer in ({"owner": owner + "a", "note": note}, {"owner": owner, "note": note + "a"}):
        with pytest.raises(InvalidOperation):
            items.put(NOTES, longer)
        with pytest.raises(InvalidOperation):
            items.get(NOTES, longer)


def test_the_longest_keys_of_an_index_are_held_and_found(items: Store) -> None:
    item = {"owner": "a", "note": "n", "kind": "k" * 2048, "weight": 1}
    items.put(NOTES, item)

    assert items.query(Query(NOTES, KeyCondition("kind").eq("k" * 2048), index="KindIndex")).items == (item,)
    with pytest.raises(InvalidOperation):
        items.put(NOTES, {**item, "kind": "k" * 2049})


def test_numbers_are_partitions_too(items: Store) -> None:
    items.batch_write([Put(DAYS, {"day": day, "part": "x"}) for day in NUMBERS])

    found = items.batch_get([Get(DAYS, {"day": day, "part": "x"}) for day in NUMBERS])

    assert [item and item["day"] for item in found] == NUMBERS
    for day in NUMBERS:
        assert [item["day"] for item in items.query(Query(DAYS, KeyCondition("day").eq(day))).items] == [day]


@pytest.mark.parametrize("same", ["1", "1.0", "10E-1"])
def test_one_number_is_one_partition_however_it_is_written(items: Store, same: str) -> None:
    items.put(DAYS, {"day": Decimal("1.00"), "part": "x", "value": "first"})

    items.put(DAYS, {"day": Decimal(same), "part": "x", "value": "second"})

    assert items.get(DAYS, {"day": 1, "part": "x"}) == {"day": 1, "part": "x", "value": "second"}


def test_texts_differ_to_the_last_byte(items: Store) -> None:
    texts = ["a", "A", "a ", " a", "a\x00", "a\x00a", "ä", "a\u0308", "1", "01", "1.0"]
    items.batch_write([Put(NOTES, {"owner": owner, "note": "n", "is": owner}) for owner in texts])

    found = items.batch_get([Get(NOTES, {"owner": owner, "note": "n"}) for owner in texts])

    assert [item and item["is"] for item in found] == texts
