"""What is seen of a site from outside while it is under load: its memory, the age of its prices, the time of pages."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import urllib3

from bench.browsing import Browser
from core import clock
from tests.platform.processes import Site

PAGES = ("/", "/portfolio/", "/markets/", "/alerts/", "/budgets/", "/budgets/expenses/", "/carbon/")
PAUSE = 0.05
"""Seconds between an answer and the next page."""
PRICES = "/api/v1/prices/?assets=bitcoin"


class Visitor:
    """A person who opens one page after the other."""

    def __init__(self, site: Site, username: str, password: str) -> None:
        self._browser = Browser(site.port)
        self._browser.sign_in("/sign-in/", {"identifier": username, "password": password})
        self.failures: list[str] = []

    def look_around(self, until: Callable[[], bool]) -> list[float]:
        """Seconds that each page took; what failed is noted."""
        times: list[float] = []
        while not until():
            path, started = PAGES[len(times) % len(PAGES)], time.perf_counter()
            try:
                self._browser.get(path)
            except (RuntimeError, urllib3.exceptions.HTTPError) as error:
                self.failures.append(f"{path}: {error}")
            times.append(time.perf_counter() - started)
            time.sleep(PAUSE)
        return times

    def close(self) -> None:
        """Close the connection."""
        self._browser.close()


class Watch:
    """Samples of the site's memory in bytes, and of the age of its prices in seconds, since the last `taken`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = threading.Lock()
        self._memory: list[int] = []
        self._ages: list[float] = []

    def taken(self) -> tuple[list[int], list[float]]:
        """The samples of memory and of ages, which are forgotten."""
        with self._lock:
            samples = self._memory, self._ages
            self._memory, self._ages = [], []
        return samples

    @contextmanager
    def running(self) -> Iterator[None]:
        """Samples are taken while it is open."""
        ended = threading.Event()
        threads = [
            threading.Thread(target=self._sample, args=(ended, every, take), daemon=True)
            for every, take in ((0.25, self._sample_memory), (0.5, self._sample_age))
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            ended.set()
            for thread in threads:
                thread.join()

    def _sample(self, ended: threading.Event, every: float, take: Callable[[], None]) -> None:
        while not ended.wait(every):
            take()

    def _sample_memory(self) -> None:
        size = sum(map(_proportional_size, _tree(self._site.process.pid)))
        with self._lock:
            self._memory.append(size)

    def _sample_age(self) -> None:
        """The age when it was asked for, so that a slow answer does not make the price older."""
        asked = clock.now()
        try:
            status, body = self._site.get(PRICES)
            told: datetime = clock.from_text(body["items"][0]["at"])
        except (OSError, ValueError, KeyError):
            return
        if status == 200:
            with self._lock:
                self._ages.append((asked - told).total_seconds())


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _tree(pid: int) -> Iterator[int]:
    """The process and all that it started, as far as they are still there."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _proportional_size(pid: int) -> int:
    """Bytes that the process holds; what it shares with others counts in part."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
