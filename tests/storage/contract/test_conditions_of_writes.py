"""Every kind of write takes a condition: it is done where the condition holds, and changes nothing where not."""

from collections.abc import Callable
from typing import Any

import pytest

from core.storage import Attr, Change, Check, ConditionFailed, Delete, Put, Store, TransactionCancelled, Update, Write
from core.storage import ConditionBase as Condition
from tests.storage.tables import NAMES

KEY = {"name": "a"}
OPEN = {"name": "a", "state": "open", "count": 5}
CLOSED = {"name": "a", "state": "closed", "count": 5}
IS_OPEN = Attr("state").eq("open") & Attr("count").between(1, 5)

WRITES: dict[str, tuple[Callable[[Condition], Write], dict[str, Any] | None]] = {
    "put": (lambda condition: Put(NAMES, {"name": "a", "new": 1}, condition, "rule"), {"name": "a", "new": 1}),
    "change": (
        lambda condition: Change(NAMES, KEY, Update(add={"count": 1}), condition, "rule"),
        {"name": "a", "state": "open", "count": 6},
    ),
    "remove": (
        lambda condition: Change(NAMES, KEY, Update(remove=("count",)), condition, "rule"),
        {"name": "a", "state": "open"},
    ),
    "delete": (lambda condition: Delete(NAMES, KEY, condition, "rule"), None),
}


def alone(store: Store, write: Write) -> None:
    """Carry out one write by itself."""
    match write:
        case Put(item=item):
            store.put(NAMES, item, condition=write.condition, label=write.label)
        case Change(update=update):
            store.update(NAMES, KEY, update, condition=write.condition, label=write.label)
        case Delete():
            store.delete(NAMES, KEY, condition=write.condition, label=write.label)


@pytest.mark.parametrize(("write", "after"), WRITES.values(), ids=WRITES)
def test_it_is_done_where_the_condition_holds(
    items: Store, write: Callable[[Condition], Write], after: dict[str, Any] | None
) -> None:
    for carry_out in (alone, lambda store, each: store.transact_write([each])):
        items.put(NAMES, OPEN)

        carry_out(items, write(IS_OPEN))

        assert items.get(NAMES, KEY, consistent=True) == after


@pytest.mark.parametrize(("write", "after"), WRITES.values(), ids=WRITES)
def test_it_changes_nothing_where_not(
    items: Store, write: Callable[[Condition], Write], after: dict[str, Any] | None
) -> None:
    items.put(NAMES, CLOSED)

    with pytest.raises(ConditionFailed) as failed:
        alone(items, write(IS_OPEN))
    with pytest.raises(TransactionCancelled) as cancelled:
        items.transact_write([Put(NAMES, {"name": "beside"}), write(IS_OPEN)])

    assert failed.value.label == "rule"
    assert cancelled.value.labels == ("rule",)
    assert cancelled.value.reasons[1].item == CLOSED
    assert items.get(NAMES, KEY, consistent=True) == CLOSED
    assert items.get(NAMES, {"name": "beside"}, consistent=True) is None


@pytest.mark.parametrize(("write", "after"), WRITES.values(), ids=WRITES)
def test_a_condition_on_what_is_not_there_sees_no_attributes(
    items: Store, write: Callable[[Condition], Write], after: dict[str, Any] | None
) -> None:
    for condition in (IS_OPEN, Attr("name").exists(), Attr("name").eq("a")):
        with pytest.raises(ConditionFailed) as failed:
            alone(items, write(condition))
        assert failed.value.item is None
        with pytest.raises(TransactionCancelled):
            items.transact_write([write(condition)])
    alone(items, write(Attr("name").not_exists() & Attr("state").ne("open")))

    assert items.get(NAMES, {"name": "beside"}, consistent=True) is None


def test_a_check_writes_nothing_and_holds_the_others_back(items: Store) -> None:
    items.put(NAMES, OPEN)

    items.transact_write([Check(NAMES, KEY, IS_OPEN, "rule"), Put(NAMES, {"name": "beside"})])
    assert items.get(NAMES, {"name": "beside"}) == {"name": "beside"}

    with pytest.raises(TransactionCancelled):
        items.transact_write([Check(NAMES, KEY, Attr("state").ne("open"), "rule"), Delete(NAMES, {"name": "beside"})])
    assert items.get(NAMES, {"name": "beside"}) == {"name": "beside"}
    assert items.get(NAMES, KEY) == OPEN


def test_a_condition_sees_the_item_as_it_was_before_the_write(items: Store) -> None:
    items.put(NAMES, OPEN)

    items.update(NAMES, KEY, Update(set={"state": "closed"}, add={"count": -5}), condition=IS_OPEN)

    assert items.get(NAMES, KEY) == {"name": "a", "state": "closed", "count": 0}
