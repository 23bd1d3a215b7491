"""A file whose tables have other indexes or another TTL than declared is brought to its declaration, either way."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.storage import Index, InvalidOperation, KeyCondition, Query, Store, Table, open_store, text
from tests import stores
from tests.storage.tables import NOTES

COLOUR = NOTES.index("ColourIndex")
OWNER = Index("NoteIndex", text("note"), text("owner"))
"""An index that only a newer release declares."""
NEWER = replace(NOTES, indexes=(*NOTES.indexes, OWNER))
OLDER = replace(NOTES, indexes=NOTES.indexes[:1], ttl=None)


@pytest.fixture(params=["memory", "file", stores.LAGGING])
def embedded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with stores.opened(request.param, tmp_path) as opened:
        yield opened


def put(store: Store, table: Table, note: str) -> None:
    store.put(table, {"owner": "a", "note": note, "colour": "red", "expires_at": 100})


def found(store: Store, table: Table, index: Index, value: str) -> list[str]:
    store.catch_up()
    rows = store.query(Query(table, KeyCondition(index.partition.name).eq(value), index=index.name)).items
    return sorted(row["note"] for row in rows)


def test_what_is_missing_is_made_from_the_items(embedded: Store) -> None:
    embedded.create_tables([OLDER])
    put(embedded, OLDER, "old")

    assert embedded.conform(NOTES) is True
    put(embedded, NOTES, "new")

    assert found(embedded, NOTES, COLOUR, "red") == ["new", "old"]
    assert embedded.purge_expired(datetime.fromtimestamp(100, UTC)) == 2
    assert embedded.conform(NOTES) is False


def test_after_a_rollback_an_index_of_the_newer_release_misses_nothing(embedded: Store) -> None:
    embedded.create_tables([NEWER])
    put(embedded, NEWER, "newer")

    assert embedded.conform(NOTES) is True
    put(embedded, NOTES, "meanwhile")
    embedded.delete(NOTES, {"owner": "a", "note": "newer"})
    assert embedded.conform(NEWER) is True

    assert found(embedded, NEWER, OWNER, "meanwhile") == ["meanwhile"]
    assert found(embedded, NEWER, OWNER, "newer") == []


def test_items_no_longer_expire_where_that_is_not_declared(embedded: Store) -> None:
    embedded.create_tables([NOTES])
    put(embedded, NOTES, "kept")

    embedded.conform(replace(NOTES, ttl=None))

    assert embedded.purge_expired(datetime.fromtimestamp(100, UTC)) == 0
    embedded.conform(NOTES)
    assert embedded.purge_expired(datetime.fromtimestamp(100, UTC)) == 1


def test_an_index_with_another_key_is_made_again(embedded: Store) -> None:
    embedded.create_tables([replace(NOTES, indexes=(Index("ColourIndex", text("owner")),))])
    put(embedded, replace(NOTES, indexes=()), "kept")
    embedded.conform(NOTES)
    assert found(embedded, NOTES, COLOUR, "red") == ["kept"]


@pytest.mark.every_backend
def test_another_key_is_refused(store: Store) -> None:
    other = Table("Conforming", text("owner"))
    store.create_tables([other])
    with pytest.raises(InvalidOperation):
        store.conform(replace(NOTES, name="Conforming"))
    store.drop(other)


def test_another_process_that_has_the_file_open_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    store.create_tables([NOTES])
    assert store.used_elsewhere() is False

    reads = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM catalog').fetchall()"
    waits = f"{reads}; print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", waits, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "open\n"
        assert store.used_elsewhere() is True
        put(store, NOTES, "both may write")
        other.stdin.close()

    assert store.used_elsewhere() is False
    assert [row["note"] for row in store.dump(NOTES)] == ["both may write"]
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    store.close()
