"""The product as it is run: `manage.py serve` in a process of its own, over a new embedded store."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_TO_START = 60
SECONDS_TO_STOP = 30


class DidNotStart(Exception):
    """The site ended or did not answer in time; says what it wrote."""


@dataclass(frozen=True)
class Site:
    """A running site; `datastore_url` is its store, for commands beside it, `mails` the folder of its mails."""

    url: str
    datastore_url: str = ""
    mails: Path = Path()

    def at(self, path: str) -> str:
        """The whole address of a path."""
        return self.url + path


@contextmanager
def running(folder: Path) -> Iterator[Site]:
    """A site with the simulated market on a free port; its store, mails and log go into the folder."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cryptopulse.settings",
        "DATASTORE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "PRIVATE_FILES_URL": f"file:///{folder / 'files'}",
        "SECRET_KEY": "only-for-the-browser-suite-" + "x" * 40,
        "MARKET_FEED": "simulated",
        "EMAIL_URL": f"filemail:///{folder / 'mail'}",
        "PUBLIC_URL": url,
        "API_SIGN_INS_PER_MINUTE": "1000",
    }
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--host", "127.0.0.1", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(url, process, log)
            yield Site(url, environment["DATASTORE_URL"], folder / "mail")
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(timeout=SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise DidNotStart(log.read_text(errors="replace")[-3000:])
