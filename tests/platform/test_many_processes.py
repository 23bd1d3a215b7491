"""Web, worker and schedule as processes of their own, with Redis between them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests import servers
from tests.platform.processes import PATIENCE, ROOT, Site, environment, free_port, manage


@pytest.fixture
def redis_url() -> Iterator[str]:
    """A Redis of this test's own."""
    with servers.redis() as url:
        yield url


@pytest.mark.services
def test_prices_move(tmp_path: Path, redis_url: str) -> None:
    options = environment(tmp_path, REDIS_URL=redis_url)
    assert manage("prepare", env=options).returncode == 0
    port = free_port()
    commands = [
        ["uvicorn", "cryptopulse.asgi:application", "--port", str(port), "--log-level", "warning"],
        ["celery", "-A", "cryptopulse", "--quiet", "worker", "--pool", "threads", "--concurrency", "2"],
        ["celery", "-A", "cryptopulse", "--quiet", "beat"],
    ]
    with ExitStack() as stack:
        log = stack.enter_context((tmp_path / "log").open("a"))
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", *command], cwd=ROOT, env=options, stdout=log, stderr=log, text=True
                )
            )
            for command in commands
        ]
        try:
            site = Site(started[0], port)
            site.wait_until_up()
            wait_for_newer_prices(site)
        finally:
            for process in started:
                process.terminate()


def wait_for_newer_prices(site: Site) -> None:
    """Returns once the worker has looked at the feed twice; fails when it does not."""
    deadline = time.monotonic() + PATIENCE
    seen: set[str] = set()
    while len(seen) < 3:
        assert time.monotonic() < deadline, f"prices stand still: {seen}"
        _, prices = site.get("/api/v1/prices/?assets=bitcoin")
        seen.add(prices["items"][0]["at"])
        time.sleep(0.2)
