"""A store with lagging indexes is honest about its tables and late about its indexes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.storage import Change, Delete, KeyCondition, Put, Query, Store, Update, open_store
from core.storage.schema import same_shape
from tests.storage.tables import NAMES, NOTES, TABLES

KEY = {"owner": "alice", "note": "n"}
MEMO = {**KEY, "kind": "memo", "weight": 1}
MEMOS = Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex")
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture(params=["memory://", "sqlite:///{folder}/store.sqlite3"], ids=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An address without its options."""
    return str(request.param).format(folder=tmp_path)


@pytest.fixture
def lagging(address: str) -> Iterator[Store]:
    """A store with two writes' lag."""
    opened = open_store(f"{address}?index_lag=2")
    opened.create_tables(TABLES)
    yield opened
    opened.close()


def test_an_index_shows_what_was_so_many_writes_ago(lagging: Store) -> None:
    lagging.put(NOTES, MEMO)
    lagging.update(NOTES, KEY, Update(add={"weight": 1}))
    assert lagging.query(MEMOS).items == ()
    assert lagging.get(NOTES, KEY) == {**MEMO, "weight": 2}

    lagging.transact_write([Delete(NOTES, KEY)])
    assert lagging.query(MEMOS).items == (MEMO,)
    assert lagging.get(NOTES, KEY) is None

    lagging.put(NAMES, {"name": "a"})
    assert lagging.query(MEMOS).items == ({**MEMO, "weight": 2},)

    lagging.put(NAMES, {"name": "b"})
    assert lagging.query(MEMOS).items == ()


def test_the_rows_of_one_transaction_show_one_after_the_other(lagging: Store) -> None:
    lagging.transact_write([Put(NOTES, {**MEMO, "note": note}) for note in "abc"])

    assert [item["note"] for item in lagging.query(MEMOS).items] == ["a"]
    assert len(lagging.query(Query(NOTES, KeyCondition("owner").eq("alice"))).items) == 3


def test_it_catches_up_when_asked(lagging: Store) -> None:
    lagging.batch_write([Put(NOTES, {**MEMO, "note": note}) for note in "ab"])
    lagging.catch_up()
    assert [item["note"] for item in lagging.query(MEMOS).items] == ["a", "b"]

    lagging.transact_write(
        [
            Change(NOTES, {"owner": "alice", "note": "a"}, Update(remove=("kind",))),
            Put(NOTES, {**MEMO, "note": "c"}),
        ]
    )
    assert [item["note"] for item in lagging.query(MEMOS).items] == ["a", "b"]

    lagging.catch_up()
    assert [item["note"] for item in lagging.query(MEMOS).items] == ["b", "c"]


def test_a_delete_of_nothing_is_no_write(lagging: Store) -> None:
    lagging.put(NOTES, MEMO)
    for _ in range(5):
        lagging.delete(NOTES, {"owner": "nobody", "note": "n"})

    assert lagging.query(MEMOS).items == ()


def test_rows_that_expire_leave_the_table_at_once_and_the_index_later(lagging: Store) -> None:
    lagging.put(NOTES, {**MEMO, "expires_at": int(NOW.timestamp())})
    lagging.catch_up()

    assert lagging.purge_expired(NOW - timedelta(seconds=1)) == 0
    assert lagging.purge_expired(NOW) == 1

    assert lagging.get(NOTES, KEY) is None
    assert len(lagging.query(MEMOS).items) == 1
    lagging.catch_up()
    assert lagging.query(MEMOS).items == ()


def test_tables_are_described_dumped_and_dropped_as_without_lag(lagging: Store) -> None:
    lagging.put(NOTES, MEMO)
    described = lagging.describe(NOTES)

    assert described is not None
    assert same_shape(described, NOTES)
    assert list(lagging.dump(NOTES)) == [MEMO]
    with lagging.snapshot() as moment:
        assert list(moment.dump(NOTES)) == [MEMO]

    lagging.drop(NOTES)
    lagging.create_tables([NOTES])
    lagging.catch_up()
    assert lagging.query(MEMOS).items == ()


def test_pages_of_an_index_go_on_by_their_cursor(lagging: Store) -> None:
    lagging.batch_write([Put(NOTES, {**MEMO, "note": note}) for note in "abcde"])

    first = lagging.query(Query(NOTES, MEMOS.where, index="KindIndex", limit=2))
    second = lagging.query(Query(NOTES, MEMOS.where, index="KindIndex", limit=2, cursor=first.cursor))

    assert [item["note"] for item in (*first.items, *second.items)] == ["a", "b", "c"]
    assert second.cursor is None


def test_no_lag_is_no_lag(address: str) -> None:
    opened = open_store(f"{address}?index_lag=0")
    opened.create_tables(TABLES)

    opened.put(NOTES, MEMO)

    assert opened.query(MEMOS).items == (MEMO,)
    opened.close()


def test_a_file_opened_again_is_up_to_date_with_and_without_lag(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/store.sqlite3"
    first = open_store(f"{address}?index_lag=2")
    first.create_tables(TABLES)
    first.put(NOTES, MEMO)
    assert first.query(MEMOS).items == ()
    first.close()

    second = open_store(address)
    assert second.query(MEMOS).items == (MEMO,)
    second.put(NOTES, {**MEMO, "note": "other"})
    second.close()

    third = open_store(f"{address}?index_lag=2")
    assert [item["note"] for item in third.query(MEMOS).items] == ["n", "other"]
    third.close()
