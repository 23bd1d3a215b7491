"""Connections to a file: bounded, safe across a fork, patient with other processes for as long as the budget lasts."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django import Settings

from core.storage import Store, StoreUnavailable, Throttled, Update, open_store
from core.storage.sqlite import FileConnections, connections
from tests.storage.tables import NAMES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


@pytest.fixture
def store_on_file(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}")
    opened.create_tables([NAMES])
    opened.put(NAMES, {"name": "a", "count": 0})
    yield opened
    opened.close()


def test_commits_are_on_the_disk_before_they_are_acknowledged(path: Path) -> None:
    pool = FileConnections(path)

    with pool.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    pool.close()


def test_the_file_is_for_its_owner_alone(path: Path) -> None:
    pool = FileConnections(path)
    with pool.writing() as connection:
        connection.execute("CREATE TABLE secret (word)")

    modes = {file.name: file.stat().st_mode & 0o077 for file in path.parent.iterdir()}
    assert set(modes) >= {"store.sqlite3", "store.sqlite3-wal"}
    assert set(modes.values()) == {0}
    pool.close()


def test_connections_are_used_again_and_not_without_bound(path: Path) -> None:
    pool = FileConnections(path)
    seen: set[int] = set()

    def borrow(_: int) -> None:
        with pool.reading() as connection:
            connection.execute("SELECT 1").fetchone()
            seen.add(id(connection))

    with ThreadPoolExecutor(40) as threads:
        list(threads.map(borrow, range(400)))

    assert 1 <= len(seen) <= connections.MOST_CONNECTIONS
    pool.close()


def test_an_error_inside_a_transaction_takes_it_back(store_on_file: Store, path: Path) -> None:
    pool = FileConnections(path)

    def interrupted() -> None:
        with pool.writing() as connection:
            connection.execute('DELETE FROM "table Names"')
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert store_on_file.get(NAMES, {"name": "a"}) is not None
    pool.close()


def in_child(work: Callable[[], None]) -> int:
    """The exit status of a forked child that calls `work`: 0 when it returns."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_parent_and_child_of_a_fork_go_on_with_connections_of_their_own(store_on_file: Store) -> None:
    def work() -> None:
        assert store_on_file.get(NAMES, {"name": "a"}) == {"name": "a", "count": 0}
        store_on_file.update(NAMES, {"name": "a"}, Update(add={"count": 1}))

    assert in_child(work) == 0
    assert store_on_file.update(NAMES, {"name": "a"}, Update(add={"count": 1}))["count"] == 2


def test_a_child_forked_amid_a_write_neither_waits_for_it_nor_ends_it(store_on_file: Store, path: Path) -> None:
    pool = FileConnections(path)

    def read() -> None:
        with pool.reading() as connection:
            assert connection.execute('SELECT count(*) FROM "table Names"').fetchone() == (1,)

    with pool.writing() as connection:
        connection.execute('DELETE FROM "table Names"')
        assert in_child(read) == 0

    assert store_on_file.get(NAMES, {"name": "a"}) is None
    pool.close()


def test_a_write_waits_for_another_processs(store_on_file: Store, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")

    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(store_on_file.update, NAMES, {"name": "a"}, Update(add={"count": 1}))
        assert store_on_file.get(NAMES, {"name": "a"}) == {"name": "a", "count": 0}
        other.execute("COMMIT")
        assert waiting.result(timeout=30)["count"] == 1
    other.close()


def test_but_not_longer_than_the_budget(
    path: Path, store_on_file: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    settings.STORE_RETRY_SECONDS = 0.3
    impatient = open_store(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Throttled) as caught:
        impatient.put(NAMES, {"name": "b"})

    assert isinstance(caught.value, StoreUnavailable)
    other.execute("ROLLBACK")
    other.close()
    assert store_on_file.get(NAMES, {"name": "b"}) is None
    impatient.close()


def test_a_full_disk_is_unavailable_and_nothing_is_written(
    store_on_file: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = connections._connect

    def nearly_full(path: str) -> sqlite3.Connection:
        connection = opened(path)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(connections, "_connect", nearly_full)
    full = open_store(f"sqlite:///{path}")

    with pytest.raises(StoreUnavailable, match="full"):
        full.put(NAMES, {"name": "b", "filling": "x" * 300_000})

    assert full.get(NAMES, {"name": "b"}) is None
    full.close()


def test_a_store_in_memory_is_not_closed_under_a_thread_that_reads() -> None:
    opened = open_store("memory://")
    opened.create_tables([NAMES])
    opened.put(NAMES, {"name": "a"})

    def read_until_closed() -> str:
        while True:
            try:
                opened.get(NAMES, {"name": "a"})
            except StoreUnavailable as error:
                return str(error)

    with ThreadPoolExecutor(4) as threads:
        reading = [threads.submit(read_until_closed) for _ in range(4)]
        opened.close()
        assert {"closed" in each.result(10) for each in reading} == {True}


def test_a_file_that_was_deleted_in_use_takes_no_more_writes(path: Path, store_on_file: Store) -> None:
    kept = path.read_bytes()
    for file in list(path.parent.iterdir()):
        file.unlink()

    attempts: tuple[Callable[[], object], ...] = (
        lambda: store_on_file.put(NAMES, {"name": "b"}),
        lambda: store_on_file.get(NAMES, {"name": "a"}),
    )
    for attempt in attempts:
        with pytest.raises(StoreUnavailable) as raised:
            attempt()
        assert "deleted or replaced" in raised.value.advice
    assert not path.exists()
    path.write_bytes(kept)
    with pytest.raises(StoreUnavailable):
        store_on_file.get(NAMES, {"name": "a"})


def test_a_row_that_cannot_be_read_is_a_damaged_file(path: Path, store_on_file: Store) -> None:
    other = sqlite3.connect(path)
    other.execute(f"UPDATE \"table {NAMES.name}\" SET item = 'broken'")
    other.commit()
    other.close()

    attempts: tuple[Callable[[], object], ...] = (
        lambda: store_on_file.get(NAMES, {"name": "a"}),
        lambda: store_on_file.update(NAMES, {"name": "a"}, Update(add={"count": 1})),
        lambda: list(store_on_file.dump(NAMES)),
    )
    for attempt in attempts:
        with pytest.raises(StoreUnavailable) as raised:
            attempt()
        assert "backup" in raised.value.advice
