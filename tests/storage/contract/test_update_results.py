"""What an update leaves of nulls, containers and index keys."""

import pytest

from core.storage import Change, InvalidOperation, KeyCondition, Query, Store, Update
from tests.storage.tables import NAMES, NOTES

KEY = {"name": "a"}


def test_an_attribute_may_change_its_type(items: Store) -> None:
    values: list[object] = [1, "text", b"bytes", True, None, [], {}, [{"deep": [None]}]]
    for value in values:
        assert items.update(NAMES, KEY, Update(set={"value": value})) == {"name": "a", "value": value}
    assert items.get(NAMES, KEY) == {"name": "a", "value": [{"deep": [None]}]}


@pytest.mark.parametrize("there", [None, True, "1", [1], {"one": 1}, b"1"], ids=repr)
def test_a_number_is_added_to_a_number_alone(items: Store, there: object) -> None:
    items.put(NAMES, {"name": "a", "value": there})

    with pytest.raises(InvalidOperation):
        items.update(NAMES, KEY, Update(add={"value": 1}))

    assert items.get(NAMES, KEY) == {"name": "a", "value": there}


def test_everything_at_once_sees_what_was_there_before(items: Store) -> None:
    items.put(NAMES, {"name": "a", "kept": 1, "counted": 1, "gone": 1})

    after = items.update(
        NAMES,
        KEY,
        Update(set={"made": [1]}, add={"counted": -1}, remove=("gone",), set_if_absent={"kept": 2, "filled": None}),
    )

    assert after == {"name": "a", "kept": 1, "counted": 0, "made": [1], "filled": None}


def test_a_removed_attribute_may_be_set_again_in_a_transaction(items: Store) -> None:
    items.put(NAMES, {"name": "a", "value": 1})
    items.transact_write([Change(NAMES, KEY, Update(remove=("value",)))])
    assert items.get(NAMES, KEY) == {"name": "a"}

    items.transact_write([Change(NAMES, KEY, Update(set_if_absent={"value": 2}))])
    assert items.get(NAMES, KEY) == {"name": "a", "value": 2}


def test_an_item_made_by_an_update_is_in_its_indexes(items: Store) -> None:
    items.update(NOTES, {"owner": "a", "note": "n"}, Update(set={"kind": "memo"}, add={"weight": 5}))

    found = items.query(Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex")).items

    assert found == ({"owner": "a", "note": "n", "kind": "memo", "weight": 5},)
