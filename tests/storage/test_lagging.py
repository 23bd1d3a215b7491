"""The store with lagging indexes is honest about its tables and late about its indexes."""

from __future__ import annotations

from core.storage import Delete, KeyCondition, Put, Query, Update
from tests.lagging import LaggingStore
from tests.storage.tables import NOTES, TABLES

KEY = {"owner": "alice", "note": "n"}
MEMOS = Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex")


def test_an_index_shows_what_was_so_many_writes_ago() -> None:
    store = LaggingStore(2, TABLES)
    store.put(NOTES, {**KEY, "kind": "memo", "weight": 1})
    store.update(NOTES, KEY, Update(add={"weight": 1}))
    assert store.query(MEMOS).items == ()
    assert store.get(NOTES, KEY) == {**KEY, "kind": "memo", "weight": 2}

    store.transact_write([Delete(NOTES, KEY)])
    assert store.query(MEMOS).items == ({**KEY, "kind": "memo", "weight": 1},)
    assert store.get(NOTES, KEY) is None

    store.catch_up()
    assert store.query(MEMOS).items == ()


def test_all_of_a_batch_shows_at_once() -> None:
    store = LaggingStore(1, TABLES)
    store.batch_write([Put(NOTES, {"owner": "alice", "note": n, "kind": "memo", "weight": 1}) for n in "ab"])
    assert store.query(MEMOS).items == ()

    store.delete(NOTES, {"owner": "nobody", "note": "n"})

    assert [item["note"] for item in store.query(MEMOS).items] == ["a", "b"]
