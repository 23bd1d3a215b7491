"""Requests and units are counted as they are billed."""

from __future__ import annotations

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


def test_units_of_reads_and_writes(items: Store) -> None:
    large = {"name": "large", "filling": "x" * 5_000}

    with measured() as usage:
        items.put(NAMES, large)
    assert usage.write_units == 5
    assert usage.read_units == 0

    with measured() as usage:
        items.get(NAMES, {"name": "large"}, consistent=True)
    assert usage.read_units == 2

    with measured() as usage:
        items.get(NAMES, {"name": "large"})
    assert usage.read_units == 1


def test_a_transaction_writes_at_double_price(items: Store) -> None:
    with measured() as usage:
        items.transact_write([Put(NAMES, {"name": "a"}), Put(NAMES, {"name": "b"})])

    assert usage.write_units == 4


def test_an_index_row_is_a_write_of_its_own(items: Store) -> None:
    with measured() as usage:
        items.put(NOTES, {"owner": "a", "note": "n", "kind": "memo", "weight": 1, "filling": "x" * 3000})

    assert usage.write_units == 6


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
