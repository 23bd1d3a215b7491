"""Requests are counted, by table and by the journey that caused them."""

import threading

from core.storage import (
    Attr,
    ConditionFailed,
    Get,
    KeyCondition,
    Put,
    Query,
    Store,
    by_journey,
    journey,
    measured,
)
from tests.storage.tables import NAMES, NOTES, READINGS


def test_a_call_is_one_request_whatever_it_carries(items: Store) -> None:
    with measured() as usage:
        items.put(NAMES, {"name": "a"})
        items.get(NAMES, {"name": "a"})
        items.query(Query(READINGS, KeyCondition("place").eq("here")))
        items.batch_get([Get(NAMES, {"name": "a"}), Get(READINGS, {"place": "p", "at": 1})])
        items.transact_write([Put(NOTES, {"owner": "a", "note": "n"}), Put(NAMES, {"name": "b"})])

    assert usage.requests == 5
    assert {name: counts.requests for name, counts in usage.by_table.items()} == {"Names": 3, "Readings": 1, "Notes": 1}
    assert usage.without("Names").requests == 2


def test_a_call_that_fails_is_a_request_too(items: Store) -> None:
    with measured() as usage:
        try:
            items.put(NAMES, {"name": "a"}, condition=Attr("name").exists())
        except ConditionFailed:
            items.get(NAMES, {"name": "a"})

    assert usage.requests == 2


def test_calls_of_other_threads_count_and_calls_outside_do_not(items: Store) -> None:
    items.get(NAMES, {"name": "a"})
    with measured() as usage:
        thread = threading.Thread(target=items.get, args=(NAMES, {"name": "a"}))
        thread.start()
        thread.join()
    items.get(NAMES, {"name": "a"})

    assert usage.requests == 1


def test_a_journey_gathers_its_own_calls(items: Store) -> None:
    with journey("test_of_metering"):
        items.get(NAMES, {"name": "a"})
        with journey("inner"):
            items.get(NAMES, {"name": "b"})
    items.get(NAMES, {"name": "c"})

    counted = by_journey()

    assert counted["test_of_metering"].by_table["Names"].requests % 2 == 0
    assert "inner" not in counted
