"""A person who goes on looking at pages, and how long each took."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import quantiles

PATHS = ("/", "/markets/", "/alerts/", "/notifications/", "/notifications/unread/")
PAUSE = 0.05


@dataclass
class Visits:
    """Status and seconds of each page."""

    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        cuts = quantiles(self.seconds, n=20)
        return f"{len(self.seconds)} pages, p50 {cuts[9] * 1_000:.0f} ms, p95 {cuts[18] * 1_000:.0f} ms"


@contextmanager
def visiting(port: int, cookie: str) -> Iterator[Visits]:
    """Looks at one page after the other until the body ends."""
    visits, is_over = Visits(), threading.Event()

    def visit() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        number = 0
        while not is_over.is_set():
            started = time.perf_counter()
            connection.request("GET", PATHS[number % len(PATHS)], headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            visits.statuses.append(answer.status)
            visits.seconds.append(time.perf_counter() - started)
            number += 1
            time.sleep(PAUSE)
        connection.close()

    thread = threading.Thread(target=visit)
    thread.start()
    try:
        yield visits
    finally:
        is_over.set()
        thread.join()
