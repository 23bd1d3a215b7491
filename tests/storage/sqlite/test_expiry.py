"""Expired items stay until they are purged, as on DynamoDB, and then leave their indexes too."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.storage import KeyCondition, Query, Store, Update, open_store
from tests.storage.tables import NOTES, TABLES

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MEMOS = Query(NOTES, KeyCondition("kind").eq("memo"), index="KindIndex")


@pytest.fixture
def notes() -> Store:
    opened = open_store("memory://")
    opened.create_tables(TABLES)
    return opened


def put(store: Store, note: str, **attributes: object) -> None:
    store.put(NOTES, {"owner": "alice", "note": note, "kind": "memo", "weight": 1, **attributes})


def left(store: Store) -> set[str]:
    on_index = {item["note"] for item in store.query(MEMOS).items}
    assert on_index == {item["note"] for item in store.dump(NOTES)}
    return on_index


def test_items_go_from_their_second_on_and_the_others_stay(notes: Store) -> None:
    at = clock.to_seconds(NOW)
    put(notes, "past", expires_at=at - 1)
    put(notes, "now", expires_at=at)
    put(notes, "soon", expires_at=at + 1)
    put(notes, "never")
    put(notes, "text is not a time", expires_at="2020")
    put(notes, "far", expires_at=Decimal("1E30"))
    assert len(left(notes)) == 6

    assert notes.purge_expired(NOW) == 2

    assert left(notes) == {"soon", "never", "text is not a time", "far"}
    assert notes.purge_expired(NOW + timedelta(seconds=1)) == 1


def test_an_item_whose_time_was_moved_is_kept(notes: Store) -> None:
    put(notes, "kept", expires_at=clock.to_seconds(NOW) - 1)
    notes.update(NOTES, {"owner": "alice", "note": "kept"}, Update(set={"expires_at": clock.to_seconds(NOW) + 60}))

    assert notes.purge_expired(NOW) == 0
    assert left(notes) == {"kept"}


def test_more_than_one_slice_is_purged(notes: Store) -> None:
    notes.load(NOTES, ({"owner": "alice", "note": str(n), "expires_at": 1} for n in range(1_201)))

    assert notes.purge_expired(NOW) == 1_201
    assert list(notes.dump(NOTES)) == []
