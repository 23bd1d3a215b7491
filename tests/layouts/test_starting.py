"""What a real process does that meets a file of another layout."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.storage import open_store
from core.tables import SITE
from tests.layouts.released import fill
from tests.platform.processes import ROOT, environment, manage, running

pytestmark = pytest.mark.services

RELEASE = "f5eff1d"
STAMPED = "d082cbe"
WEB = [sys.executable, "-c", "import cryptopulse.asgi"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file as an earlier release left it: without the table of the stamp, with an index that it did not know."""
    path = tmp_path / "data" / "pulse.sqlite3"
    store = open_store(f"sqlite:///{path}")
    fill(store, RELEASE, tmp_path)
    store.drop(SITE)
    store.close()
    return path


def stamp_of(path: Path) -> tuple[int, int] | None:
    store = open_store(f"sqlite:///{path}")
    row = store.get(SITE, {"name": "layout"}) if store.describe(SITE) else None
    store.close()
    return None if row is None else (int(row["layout"]), int(row["oldest"]))


def restamp(path: Path, layout: int, oldest: int) -> None:
    store = open_store(f"sqlite:///{path}")
    store.create_tables([SITE])
    store.put(SITE, {"name": "layout", "layout": layout, "oldest": oldest})
    store.close()


def start_web(folder: Path) -> subprocess.CompletedProcess[str]:
    """A web process up to where it would answer."""
    return subprocess.run(WEB, cwd=ROOT, env=environment(folder), capture_output=True, text=True, timeout=60)


def test_a_start_upgrades_an_older_file_before_the_site_answers(file: Path, tmp_path: Path) -> None:
    refused = start_web(tmp_path)
    assert refused.returncode == 1
    assert "manage.py prepare" in refused.stderr

    with running(tmp_path) as site:
        assert site.get("/readyz")[0] == 200
        output = site.stop()

    assert "carbon.upgrades.judge_again" in output
    assert stamp_of(file) == (2, 2)
    assert start_web(tmp_path).returncode == 0


def test_a_file_of_the_present_layout_is_opened_without_an_upgrade(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'data' / 'pulse.sqlite3'}")
    fill(store, STAMPED, tmp_path)
    store.close()

    with running(tmp_path) as site:
        assert site.get("/readyz")[0] == 200
        output = site.stop()

    assert ".upgrades." not in output
    assert stamp_of(tmp_path / "data" / "pulse.sqlite3") == (2, 2)


def test_a_file_that_another_process_has_open_is_not_upgraded(file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(file)) as other:
        other.execute("SELECT COUNT(*) FROM catalog").fetchall()
        refused = manage("prepare", env=environment(tmp_path))

    assert refused.returncode == 1
    assert "another process has it open" in refused.stderr
    assert stamp_of(file) is None
    assert manage("prepare", env=environment(tmp_path)).returncode == 0
    assert stamp_of(file) == (2, 2)


def test_a_file_that_needs_no_upgrade_may_be_open_elsewhere(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert manage("prepare", env=env).returncode == 0
    with closing(sqlite3.connect(tmp_path / "data" / "pulse.sqlite3")) as other:
        other.execute("SELECT COUNT(*) FROM catalog").fetchall()
        assert manage("prepare", env=env).returncode == 0


def test_a_newer_file_is_refused_by_every_process_and_stays_as_it_is(file: Path, tmp_path: Path) -> None:
    restamp(file, 9, 8)
    tables = set(tables_of(file))

    for refused in (
        start_web(tmp_path),
        *(manage(*each, env=environment(tmp_path)) for each in (["prepare"], ["serve", "--port", "0"])),
    ):
        assert refused.returncode == 1
        assert "layout 9" in refused.stderr
        assert "Traceback" not in refused.stderr
    assert set(tables_of(file)) == tables
    assert stamp_of(file) == (9, 8)


def test_a_newer_file_that_this_release_may_open_is_opened(tmp_path: Path) -> None:
    env = environment(tmp_path)
    assert manage("prepare", env=env).returncode == 0
    path = tmp_path / "data" / "pulse.sqlite3"
    restamp(path, 3, 2)

    assert manage("prepare", env=env).returncode == 0
    assert start_web(tmp_path).returncode == 0
    assert stamp_of(path) == (3, 2)


def tables_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM catalog")]
