"""A web process that is asked to stop closes its connections and ends."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import servers
from tests.platform import processes
from tests.ports import free_port
from tests.stream.clients import Server

RESTART = 1012
ENDS_WITHIN = 20


def test_of_one_process(tmp_path: Path) -> None:
    with processes.running(tmp_path) as site, Server(site.port).connected() as client:
        assert client.watch("bitcoin")["assets"] == ["bitcoin"]
        site.stop()
        assert client.ending()[0] == RESTART


@pytest.mark.services
def test_of_uvicorn_by_itself(tmp_path: Path) -> None:
    with servers.redis() as url, uvicorn(tmp_path, url) as site, Server(site.port).connected() as client:
        assert client.watch("bitcoin")["assets"] == ["bitcoin"]
        site.process.terminate()
        assert client.ending()[0] == RESTART
        site.process.wait(ENDS_WITHIN)


@contextmanager
def uvicorn(folder: Path, redis_url: str) -> Iterator[processes.Site]:
    """A web process alone."""
    options = processes.environment(folder, REDIS_URL=redis_url)
    assert processes.manage("prepare", env=options).returncode == 0
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "cryptopulse.asgi:application", "--port", str(port)]
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(command, cwd=processes.ROOT, env=options, stdout=log, stderr=log, text=True) as process,
    ):
        site = processes.Site(process, port)
        try:
            site.wait_until_up()
            yield site
        finally:
            if process.poll() is None:
                process.kill()
