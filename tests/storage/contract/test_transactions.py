"""All or nothing, and the reasons in the order of the operations."""

import pytest

from core.storage import (
    Attr,
    Change,
    Check,
    Delete,
    InvalidOperation,
    Put,
    Store,
    TransactionCancelled,
    Update,
    Write,
)
from tests.storage.tables import NAMES, NOTES, READINGS


def test_every_kind_of_write_is_done_together(items: Store) -> None:
    items.put(NAMES, {"name": "changed", "count": 1})
    items.put(NAMES, {"name": "deleted"})
    items.put(NAMES, {"name": "checked", "open": True})

    items.transact_write(
        [
            Put(NOTES, {"owner": "alice", "note": "n"}, Attr("owner").not_exists()),
            Change(NAMES, {"name": "changed"}, Update(add={"count": 1}), Attr("count").eq(1)),
            Delete(NAMES, {"name": "deleted"}),
            Check(NAMES, {"name": "checked"}, Attr("open").eq(True)),
        ]
    )

    assert items.get(NOTES, {"owner": "alice", "note": "n"}) is not None
    assert items.get(NAMES, {"name": "changed"}) == {"name": "changed", "count": 2}
    assert items.get(NAMES, {"name": "deleted"}) is None
    assert items.get(NAMES, {"name": "checked"}) == {"name": "checked", "open": True}


def test_nothing_is_written_when_one_condition_fails_and_the_reasons_are_in_order(items: Store) -> None:
    items.put(NAMES, {"name": "b", "balance": 5})
    items.put(NAMES, {"name": "d", "taken": True})

    with pytest.raises(TransactionCancelled) as caught:
        items.transact_write(
            [
                Put(NAMES, {"name": "a"}, label="fine"),
                Change(NAMES, {"name": "b"}, Update(add={"balance": -10}), Attr("balance").gte(10), "funds"),
                Delete(NAMES, {"name": "c"}, label="fine too"),
                Check(NAMES, {"name": "d"}, Attr("taken").not_exists(), "taken"),
                Check(NAMES, {"name": "e"}, Attr("name").exists(), "absent"),
            ]
        )

    cancelled = caught.value
    assert [reason.code for reason in cancelled.reasons] == [
        "None",
        "ConditionalCheckFailed",
        "None",
        "ConditionalCheckFailed",
        "ConditionalCheckFailed",
    ]
    assert [reason.label for reason in cancelled.reasons] == ["fine", "funds", "fine too", "taken", "absent"]
    assert [reason.item for reason in cancelled.reasons] == [
        None,
        {"name": "b", "balance": 5},
        None,
        {"name": "d", "taken": True},
        None,
    ]
    assert cancelled.labels == ("funds", "taken", "absent")
    assert cancelled.failed("funds")
    assert not cancelled.failed("fine")
    assert items.get(NAMES, {"name": "a"}) is None
    assert items.get(NAMES, {"name": "b"}) == {"name": "b", "balance": 5}


def test_a_hundred_writes_fit_and_one_more_does_not(items: Store) -> None:
    writes = [Put(READINGS, {"place": "here", "at": at}) for at in range(101)]

    with pytest.raises(InvalidOperation):
        items.transact_write(writes)
    assert items.get(READINGS, {"place": "here", "at": 0}) is None

    items.transact_write(writes[:100])
    assert items.get(READINGS, {"place": "here", "at": 99}) is not None


def test_an_empty_transaction_is_refused(items: Store) -> None:
    with pytest.raises(InvalidOperation):
        items.transact_write([])


ON_A: list[Write] = [
    Put(NAMES, {"name": "a"}),
    Change(NAMES, {"name": "a"}, Update(set={"value": 1})),
    Delete(NAMES, {"name": "a"}),
    Check(NAMES, {"name": "a"}, Attr("name").exists()),
]


@pytest.mark.parametrize("second", ON_A, ids=lambda write: type(write).__name__)
def test_no_two_writes_may_be_on_one_item(items: Store, second: Write) -> None:
    with pytest.raises(InvalidOperation):
        items.transact_write([Put(NAMES, {"name": "a"}), second])

    assert items.get(NAMES, {"name": "a"}) is None


def test_one_key_in_two_tables_is_two_items(items: Store) -> None:
    items.transact_write([Put(NAMES, {"name": "a"}), Put(READINGS, {"place": "a", "at": 1})])

    assert items.get(READINGS, {"place": "a", "at": 1}) is not None


def test_numbers_written_differently_are_one_item(items: Store) -> None:
    with pytest.raises(InvalidOperation):
        items.transact_write([Put(READINGS, {"place": "a", "at": 1}), Delete(READINGS, {"place": "a", "at": True + 0})])


def test_an_update_that_cannot_be_applied_undoes_the_others(items: Store) -> None:
    items.put(NAMES, {"name": "text", "value": "five"})

    with pytest.raises(InvalidOperation):
        items.transact_write([Put(NAMES, {"name": "a"}), Change(NAMES, {"name": "text"}, Update(add={"value": 1}))])

    assert items.get(NAMES, {"name": "a"}) is None
