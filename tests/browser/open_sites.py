"""The product as it is run, in one process and in many, for the tests of what is pushed."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.storage import Store, open_store
from tests.browser.site import Site
from tests.platform import processes
from tests.ports import free_port

ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
POLL = {"MARKET_POLL_SECONDS": "1"}


@dataclass(frozen=True)
class OpenSite:
    """A running site and its store."""

    site: Site
    store: Store


@contextmanager
def in_one_process(folder: Path) -> Iterator[OpenSite]:
    """`manage.py serve`."""
    with processes.running(folder, **POLL) as running, _store(folder) as store:
        yield OpenSite(Site(f"http://127.0.0.1:{running.port}"), store)


@contextmanager
def in_many_processes(folder: Path, redis_url: str) -> Iterator[OpenSite]:
    """Two web processes would need a proxy: one, with a worker and the schedule, and Redis between them."""
    options = processes.environment(folder, REDIS_URL=redis_url, **POLL)
    assert processes.manage("prepare", env=options).returncode == 0
    port = free_port()
    commands = [
        ["uvicorn", "cryptopulse.asgi:application", "--port", str(port), "--log-level", "warning"],
        ["celery", "-A", "cryptopulse", "--quiet", "worker", "--pool", "threads", "--concurrency", "4", *ALONE],
        ["celery", "-A", "cryptopulse", "--quiet", "beat"],
    ]
    with ExitStack() as stack:
        log = stack.enter_context((folder / "log").open("a"))
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=processes.ROOT, env=options, stdout=log, stderr=log, text=True
                )
            )
            for command in commands
        ]
        try:
            processes.Site(started[0], port).wait_until_up()
            yield OpenSite(Site(f"http://127.0.0.1:{port}"), stack.enter_context(_store(folder)))
        finally:
            for process in started:
                process.terminate()


@contextmanager
def _store(folder: Path) -> Iterator[Store]:
    store = open_store(f"sqlite:///{folder / 'data' / 'pulse.sqlite3'}")
    try:
        yield store
    finally:
        store.close()
