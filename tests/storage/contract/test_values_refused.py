"""What the store cannot hold is refused by name, before anything is written."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from core.storage import Attr, InvalidOperation, Store, Update
from tests.storage.tables import NAMES


def nested(depth: int) -> Any:
    value: Any = "core"
    for _ in range(depth):
        value = [value]
    return value


REFUSED = {
    "float": 0.1,
    "not a number": Decimal("NaN"),
    "infinity": Decimal("Infinity"),
    "39 digits": Decimal("1" * 39),
    "too large": Decimal("1E126"),
    "too small": Decimal("1E-131"),
    "time": datetime(2026, 11, 20, tzinfo=UTC),
    "empty text": "",
    "empty bytes": b"",
    "set": {"a"},
    "set in a map": {"inner": {1}},
    "empty text in a list": [""],
    "empty name in a map": {"": 1},
    "surrogate": "\ud800",
    "too deep": nested(32),
}


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_a_value_that_cannot_be_held_is_refused_by_its_name(shared_items: Store, value: Any) -> None:
    with pytest.raises(InvalidOperation, match="the attribute"):
        shared_items.put(NAMES, {"name": "a", "the attribute": value})
    with pytest.raises(InvalidOperation, match="the attribute"):
        shared_items.update(NAMES, {"name": "a"}, Update(set={"the attribute": value}))

    assert shared_items.get(NAMES, {"name": "a"}) is None


@pytest.mark.parametrize("value", REFUSED.values(), ids=REFUSED)
def test_it_is_refused_in_a_condition_too(shared_items: Store, value: Any) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.put(NAMES, {"name": "a"}, condition=Attr("other").eq(value))


def test_the_largest_numbers_and_the_deepest_nesting_are_held(items: Store) -> None:
    item = {
        "name": "edge",
        "digits": Decimal("9" * 38),
        "large": Decimal("9.9E125"),
        "small": Decimal("-1E-130"),
        "deep": nested(31),
    }

    items.put(NAMES, item)

    assert items.get(NAMES, {"name": "edge"}) == item
