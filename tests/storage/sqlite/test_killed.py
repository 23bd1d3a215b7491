"""A process killed while it writes loses nothing that was acknowledged and leaves nothing half done."""

import random
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from core.storage import KeyCondition, Query, Store, open_store
from tests.storage.tables import NAMES, NOTES, TABLES


def start_writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.storage.sqlite.writer", str(path), name, str(count)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=settings.BASE_DIR,
    )


def kill_after(writer: subprocess.Popen[str], lines: int) -> int:
    """Kill it by SIGKILL once it has acknowledged that many writes; how many it acknowledged in all."""
    with writer:
        assert writer.stdout is not None
        for _ in range(lines):
            assert writer.stdout.readline()
        writer.kill()
        return lines + len([line for line in writer.stdout.readlines() if line.endswith("\n")])


def everything(store: Store, query: Query) -> int:
    count, cursor = 0, None
    while True:
        page = store.query(Query(query.table, query.where, index=query.index, cursor=cursor))
        count += len(page.items)
        cursor = page.cursor
        if cursor is None:
            return count


def test_a_writer_killed_again_and_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    store.create_tables(TABLES)
    rounds = random.Random(2)
    acknowledged = written = 0

    for number in range(4):
        acknowledged += kill_after(start_writer(path, f"writer {number}", 10**6), rounds.randrange(5, 120))

        rows = [
            everything(store, Query(NOTES, KeyCondition("owner").eq(f"writer {earlier}")))
            for earlier in range(number + 1)
        ]
        counter = store.get(NAMES, {"name": "counter"})
        written = sum(rows)
        assert counter is not None
        assert counter["count"] == written
        assert everything(store, Query(NOTES, KeyCondition("kind").eq("written"), index="KindIndex")) == written
        # the write under way when the signal came may have been done without its answer
        assert acknowledged <= written <= acknowledged + number + 1

    store.close()


def test_two_processes_write_to_one_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite3"
    store = open_store(f"sqlite:///{path}")
    store.create_tables(TABLES)
    writers = [start_writer(path, name, 100) for name in ("one", "other")]

    for writer in writers:
        writer.communicate(timeout=120)

    assert [writer.returncode for writer in writers] == [0, 0]
    assert store.get(NAMES, {"name": "counter"}) == {"name": "counter", "count": 200}
    store.close()
