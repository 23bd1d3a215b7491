"""Asked to stop, a process ends in the time that docs/running.md and the units state, whatever hangs in it."""

import re
import time
from pathlib import Path

import pytest

from cryptopulse import celery, one_process, web
from tests.platform.many import BEAT, WEB, WORKER, many_processes
from tests.platform.processes import ROOT, Site, running
from tests.platform.raw import connected, post
from tests.platform.stuck_addresses import BEGUN
from tests.platform.units import unit
from tests.stream.clients import Server
from tests.waiting import wait_until

pytestmark = pytest.mark.services

SLACK = 10
"""Seconds that a loaded machine may take to see that a process has ended."""
ENDS_WITHIN = {"serve": one_process.ENDS_WITHIN, "web": web.ENDS_WITHIN}
STUCK = {"DJANGO_SETTINGS_MODULE": "tests.platform.stuck_settings"}
CUT_SHORT = {1, -15}
"""The status of a process that ended though something hung: by its own deadline, or by the signal, as uvicorn does."""
BY_FORCE = "ends by force"


@pytest.fixture(params=["serve", "web"])
def how(request: pytest.FixtureRequest) -> str:
    """The whole site in one process, and a web process by itself."""
    return str(request.param)


def ended(site: Site, how: str) -> int:
    """The status with which the process ends on SIGTERM; fails when it does not in time."""
    site.process.terminate()
    return site.process.wait(ENDS_WITHIN[how] + SLACK)


def log_of(folder: Path) -> str:
    """What the process has logged."""
    return (folder / "log").read_text()


def test_with_a_view_that_hangs(tmp_path: Path, how: str) -> None:
    with running(tmp_path, how, **STUCK) as site, connected(site.port) as connection:
        connection.sendall(b"GET /hang/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wait_until(lambda: BEGUN in log_of(tmp_path))
        assert site.get("/healthz")[0] == 200  # each view has a thread of its own
        assert ended(site, how) in CUT_SHORT
    if how == "serve":
        assert BY_FORCE in log_of(tmp_path)
        assert "stuck_addresses.py" in log_of(tmp_path)  # it says where it hung


def test_with_a_task_that_hangs(tmp_path: Path) -> None:
    with running(tmp_path, **STUCK) as site:
        assert site.get("/hanging-task/")[0] == 200
        wait_until(lambda: BEGUN in log_of(tmp_path))
        assert ended(site, "serve") == 1
    assert BY_FORCE in log_of(tmp_path)


def test_with_an_open_websocket_and_an_upload_that_does_not_end(tmp_path: Path, how: str) -> None:
    with (
        running(tmp_path, how) as site,
        Server(site.port).connected() as client,
        connected(site.port) as upload,
        connected(site.port),
    ):
        client.watch("bitcoin")
        upload.sendall(post("/api/v1/auth/token/", 1_000_000) + b"x" * 1000)
        time.sleep(1)
        assert ended(site, how) in (0, -15)
    assert BY_FORCE not in log_of(tmp_path)


def test_what_was_acknowledged_before_it_ended_by_force_is_there(tmp_path: Path) -> None:
    account = {"username": "alice", "email": "alice@example.com", "password": "a passphrase of some length"}
    with running(tmp_path, **STUCK) as site:
        assert site.get("/hanging-task/")[0] == 200
        wait_until(lambda: BEGUN in log_of(tmp_path))
        site.process.terminate()
        status, _ = site.post("/api/v1/auth/register/", account)
        site.process.wait(ENDS_WITHIN["serve"] + SLACK)
    with running(tmp_path) as site:
        expected = 201 if status == 201 else 401
        signed_in, _ = site.post("/api/v1/auth/token/", {k: account[k] for k in ("username", "password")})
        assert signed_in == expected


def test_a_worker_with_a_task_that_hangs(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WEB, WORKER, **STUCK) as many:
        assert many.site.get("/hanging-task/")[0] == 200
        wait_until(lambda: BEGUN in many.log.read_text())
        many.terminate(WORKER)
        assert many.ends(WORKER, celery.ENDS_WITHIN + SLACK) == 1
        assert BY_FORCE in many.log.read_text()


def test_the_times_are_those_that_are_documented() -> None:
    running_page = " ".join((ROOT / "docs" / "running.md").read_text().split())
    assert f"within {one_process.ENDS_WITHIN} seconds" in running_page
    operations = (ROOT / "docs" / "operations.md").read_text()
    assert re.search(rf"\| web \| {web.ENDS_WITHIN} seconds", operations)
    assert re.search(rf"\| worker \| {celery.ENDS_WITHIN} seconds", operations)
    for name, within in ((WEB, web.ENDS_WITHIN), (WORKER, celery.ENDS_WITHIN), (BEAT, 0)):
        assert within < int(unit(name)["Service"]["TimeoutStopSec"])
