"""An item holds 400 KB, names and values counted in UTF-8 bytes; a transaction 4 MB."""

from decimal import Decimal
from typing import Any

import pytest

from core.storage import Change, InvalidOperation, ItemTooLarge, Put, Store, Update
from core.storage.codec import encode_item
from core.storage.sizes import item_size
from tests.storage.tables import NAMES, READINGS

LARGEST = 400 * 1024


def filled(size: int, letter: str = "x") -> dict[str, Any]:
    """An item of exactly that many bytes."""
    room = size - len("name") - len("a") - len("filling")
    return {"name": "a", "filling": letter * (room // len(letter.encode()))}


def test_an_item_of_400_kb_fits(items: Store) -> None:
    items.put(NAMES, filled(LARGEST))

    assert items.get(NAMES, {"name": "a"}) == filled(LARGEST)


@pytest.mark.parametrize("letter", ["x", "é", "🌍"])
def test_one_byte_more_does_not(items: Store, letter: str) -> None:
    with pytest.raises(ItemTooLarge):
        items.put(NAMES, filled(LARGEST + len(letter.encode()), letter))

    assert items.get(NAMES, {"name": "a"}) is None


def test_an_update_cannot_grow_an_item_beyond_it(items: Store) -> None:
    items.put(NAMES, filled(400_000))

    with pytest.raises(ItemTooLarge):
        items.update(NAMES, {"name": "a"}, Update(set={"more": "x" * 10_000}))

    assert items.get(NAMES, {"name": "a"}) == filled(400_000)


def test_nor_can_one_in_a_transaction(items: Store) -> None:
    items.put(NAMES, filled(400_000))

    with pytest.raises(ItemTooLarge):
        items.transact_write(
            [
                Put(NAMES, {"name": "b"}),
                Change(NAMES, {"name": "a"}, Update(set={"more": "x" * 10_000})),
            ]
        )

    assert items.get(NAMES, {"name": "b"}) is None


def test_a_transaction_of_more_than_4_mb_is_refused(items: Store) -> None:
    writes = [Put(READINGS, {"place": "here", "at": at, "filling": "x" * 350_000}) for at in range(12)]

    with pytest.raises(InvalidOperation):
        items.transact_write(writes)

    assert items.get(READINGS, {"place": "here", "at": 0}) is None


@pytest.mark.parametrize(
    ("item", "size"),
    [
        ({"a": "text"}, 1 + 4),
        ({"é": "é"}, 2 + 2),
        ({"a": True, "b": None}, 1 + 1 + 1 + 1),
        ({"a": b"1234"}, 1 + 4),
        ({"a": 0}, 1 + 1),
        ({"a": 100}, 1 + 2),
        ({"a": Decimal("-123.45")}, 1 + 5),
        ({"a": []}, 1 + 3),
        ({"a": ["x", True]}, 1 + 3 + (1 + 1) + (1 + 1)),
        ({"a": {"k": "v"}}, 1 + 3 + (1 + 1 + 1)),
    ],
    ids=repr,
)
def test_sizes_of_values(item: dict[str, Any], size: int) -> None:
    assert item_size(encode_item(item)) == size
