"""Web, worker and beat as processes of their own, as their systemd units start them."""

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.platform.processes import ROOT, Site, environment, manage
from tests.platform.units import command
from tests.ports import free_port

WEB, WORKER, BEAT = "cryptopulse-web@.service", "cryptopulse-worker@.service", "cryptopulse-beat.service"
SCHEDULED = "cryptopulse-scheduled@.service"


@dataclass
class ManyProcesses:
    """The processes that run, by unit; `port` is the site's, the others the workers'."""

    env: Mapping[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    metrics_port: int = field(default_factory=free_port)
    scheduled_port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def start(self, *units: str) -> None:
        """Start the processes of some units."""
        for name in units:
            ports = {WEB: self.port, WORKER: self.metrics_port, SCHEDULED: self.scheduled_port}
            port = str(ports.get(name, ""))
            own = {"WORKER_METRICS_PORT": port} if name in (WORKER, SCHEDULED) else {}
            with self.log.open("a") as log:
                self.running[name] = subprocess.Popen(
                    command(name, port), cwd=ROOT, env={**self.env, **own}, stdout=log, stderr=log, text=True
                )

    @property
    def site(self) -> Site:
        """The site that the web process serves, once it answers."""
        site = Site(self.running[WEB], self.port)
        site.wait_until_up()
        return site

    def terminate(self, name: str) -> None:
        """Tell a process to end, as systemd does."""
        self.running[name].send_signal(signal.SIGTERM)

    def ends(self, name: str, within: float) -> int:
        """The exit status of a process that was asked to stop; fails when it does not end within this time."""
        return self.running.pop(name).wait(within)

    def kill(self, name: str) -> None:
        """Kill a process."""
        process = self.running.pop(name)
        process.kill()
        process.wait()


@contextmanager
def many_processes(folder: Path, redis_url: str, *units: str, **options: str) -> Iterator[ManyProcesses]:
    """The store prepared and the processes of these units started; all gone after it."""
    env = environment(folder, REDIS_URL=redis_url, **{"MARKET_POLL_SECONDS": "2", **options})
    assert manage("prepare", env=env).returncode == 0
    many = ManyProcesses(env, folder / "log")
    try:
        many.start(*units)
        yield many
    finally:
        for process in many.running.values():
            process.terminate()
        ends = time.monotonic() + 10
        for process in many.running.values():
            try:
                process.wait(max(ends - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
