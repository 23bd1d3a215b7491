"""Updates change what they name, make the item where there is none, and leave the key alone."""

from decimal import Decimal

import pytest

from core.storage import Attr, ConditionFailed, InvalidOperation, Store, Update
from tests.storage.tables import NAMES, NOTES

KEY = {"name": "a"}


def test_an_update_makes_the_item_where_there_is_none(items: Store) -> None:
    after = items.update(NAMES, KEY, Update(set={"value": 1}))

    assert after == {"name": "a", "value": 1}
    assert items.get(NAMES, KEY) == after


def test_add_starts_from_nothing(items: Store) -> None:
    items.update(NAMES, KEY, Update(add={"count": 5, "sum": Decimal("-0.1")}))
    after = items.update(NAMES, KEY, Update(add={"count": -2, "sum": Decimal("0.3")}))

    assert after == {"name": "a", "count": 3, "sum": Decimal("0.2")}


def test_set_if_absent_keeps_what_is_there(items: Store) -> None:
    items.put(NAMES, {"name": "a", "there": "old", "nothing": None})

    after = items.update(NAMES, KEY, Update(set_if_absent={"there": "new", "nothing": "new", "missing": "new"}))

    assert after == {"name": "a", "there": "old", "nothing": None, "missing": "new"}


def test_remove_takes_attributes_away_and_does_not_mind_their_absence(items: Store) -> None:
    items.put(NAMES, {"name": "a", "one": 1, "two": 2})

    assert items.update(NAMES, KEY, Update(remove=("one", "missing"))) == {"name": "a", "two": 2}


def test_an_update_that_only_removes_makes_no_item(items: Store) -> None:
    assert items.update(NAMES, KEY, Update(remove=("one",))) == {}
    assert items.get(NAMES, KEY) is None


def test_an_update_under_a_condition_that_fails_changes_nothing(items: Store) -> None:
    with pytest.raises(ConditionFailed):
        items.update(NAMES, KEY, Update(add={"count": 1}), condition=Attr("name").exists())

    assert items.get(NAMES, KEY) is None


@pytest.mark.parametrize(
    "update",
    [
        Update(set={"note": "other"}),
        Update(set={"owner": "alice"}),
        Update(add={"note": 1}),
        Update(remove=("owner",)),
        Update(set_if_absent={"note": "x"}),
    ],
    ids=["set", "set to the same", "add", "remove", "set_if_absent"],
)
def test_a_key_cannot_be_changed(shared_items: Store, update: Update) -> None:
    shared_items.put(NOTES, {"owner": "alice", "note": "n"})

    with pytest.raises(InvalidOperation):
        shared_items.update(NOTES, {"owner": "alice", "note": "n"}, update)

    assert shared_items.get(NOTES, {"owner": "alice", "note": "n"}) == {"owner": "alice", "note": "n"}


@pytest.mark.parametrize("name", ["map.inner", "list[0]", ""])
def test_an_update_names_whole_attributes(shared_items: Store, name: str) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.update(NAMES, KEY, Update(set={name: 1}))


@pytest.mark.parametrize("amount", [True, "1", [1], None, {1}, 0.5], ids=repr)
def test_only_numbers_are_added(shared_items: Store, amount: object) -> None:
    with pytest.raises(InvalidOperation):
        shared_items.update(NAMES, KEY, Update(add={"count": amount}))


def test_adding_to_another_type_is_refused(items: Store) -> None:
    items.put(NAMES, {"name": "a", "text": "five"})

    with pytest.raises(InvalidOperation):
        items.update(NAMES, KEY, Update(add={"text": 1}))


def test_an_update_that_says_nothing_or_one_thing_twice_is_no_update() -> None:
    with pytest.raises(ValueError, match="nothing"):
        Update()
    with pytest.raises(ValueError, match="twice"):
        Update(set={"a": 1}, add={"a": 1})
