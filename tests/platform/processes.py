"""The site in a process of its own, as `make run` starts it."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptopulse.options import ALL
from tests.ports import free_port
from tests.waiting import PATIENCE

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(folder: Path, **options: str) -> dict[str, str]:
    """This process's environment with the default of every option, the data in `folder`, and these options."""
    own = {
        "DATASTORE_URL": f"sqlite:///{folder / 'data' / 'pulse.sqlite3'}",
        "PRIVATE_FILES_URL": f"file:///{folder / 'files'}",
        "SECRET_KEY": "only-for-tests-" + "x" * 40,
        "MARKET_POLL_SECONDS": "0.5",
        "DJANGO_SETTINGS_MODULE": "cryptopulse.settings",
    }
    return {**os.environ, **{option.name: option.default for option in ALL}, **own, **options}


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`make` in a folder, to its end, as from a shell: also where these tests were themselves started by make."""
    outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=outside, capture_output=True, text=True, timeout=PATIENCE
    )


def manage(*arguments: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A command of manage.py, run to its end."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=PATIENCE)


@dataclass
class Site:
    """A running site."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str) -> tuple[int, Any]:
        """Status and JSON of an address."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def post(self, path: str, body: Mapping[str, Any], key: str = "") -> tuple[int, Any]:
        """Status and JSON of what is answered to a body in JSON; 0 and None where nothing is."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {})}
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, json.dumps(body).encode(), headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            return 0, None

    def size(self, path: str) -> int:
        """Length of a file, in bytes."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=PATIENCE) as answer:
            return len(answer.read())

    def wait_until_up(self) -> None:
        """Returns once the site answers; fails when its process ends before."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, f"the site ended with {self.process.returncode}"
            try:
                self.get("/healthz")
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise AssertionError("the site did not come up")

    def stop(self) -> str:
        """End it with SIGTERM; what it wrote to standard output. Fails unless it ends well and soon."""
        self.process.send_signal(signal.SIGTERM)
        output, _ = self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0
        return output

    def kill(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.communicate(timeout=PATIENCE)


@contextmanager
def running(folder: Path, how: str = "serve", **options: str) -> Iterator[Site]:
    """`manage.py serve` (or `web`) on a free port over the data in `folder`, up before the body runs, gone after it."""
    if how == "web":
        assert manage("prepare", env=environment(folder, **options)).returncode == 0
    port = free_port()
    command = [sys.executable, "manage.py", how, "--port", str(port)]
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            command, cwd=ROOT, env=environment(folder, **options), stdout=subprocess.PIPE, stderr=log, text=True
        ) as process,
    ):
        site = Site(process, port)
        try:
            site.wait_until_up()
            yield site
        finally:
            if process.poll() is None:
                site.kill()
