"""Clients that send requests at their times, whether or not those before were answered."""

from __future__ import annotations

import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import urllib3

GIVES_UP_AFTER = 12.0
"""Seconds."""
NO_ANSWER = 0
"""Counted in place of a status where the connection ended, or the client gave up."""
SLOW_PIECES = 8


@dataclass(frozen=True)
class Request:
    """One request. `slowly`: its body comes byte by byte over that many seconds. `then`: what follows its answer."""

    method: str
    path: str
    body: bytes = b""
    content_type: str = "application/json"
    slowly: float = 0
    then: Request | None = None


@dataclass
class Client:
    """One client at an address of its own, on as many connections as it needs."""

    port: int
    address: str
    key: str = ""
    answers: Counter[int] = field(default_factory=Counter)
    """Answers by status."""

    def __post_init__(self) -> None:
        self._pool = urllib3.HTTPConnectionPool(
            "127.0.0.1",
            self.port,
            maxsize=100,
            retries=False,
            timeout=GIVES_UP_AFTER,
            source_address=(self.address, 0),
        )

    def send(self, request: Request) -> None:
        """Send it, wait for the answer, and count it."""
        status = self._slowly(request) if request.slowly else self._at_once(request)
        self.answers[status] += 1
        if request.then is not None:
            self.send(request.then)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Content-Type": request.content_type, "Accept": "application/json"}
        return headers | ({"Authorization": f"Bearer {self.key}"} if self.key else {})

    def _at_once(self, request: Request) -> int:
        try:
            return int(
                self._pool.request(
                    request.method, request.path, body=request.body or None, headers=self._headers(request)
                ).status
            )
        except urllib3.exceptions.HTTPError:
            return NO_ANSWER

    def _slowly(self, request: Request) -> int:
        lines = [f"{request.method} {request.path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in self._headers(request).items()]
        lines += [f"Content-Length: {len(request.body)}", "Connection: close", "", ""]
        sent = "\r\n".join(lines).encode() + request.body
        size = -(-len(sent) // SLOW_PIECES)
        try:
            with socket.create_connection(("127.0.0.1", self.port), GIVES_UP_AFTER, (self.address, 0)) as connection:
                for start in range(0, len(sent), size):
                    connection.sendall(sent[start : start + size])
                    time.sleep(request.slowly / SLOW_PIECES)
                return int(connection.makefile("rb").readline().split()[1])
        except (OSError, IndexError, ValueError):
            return NO_ANSWER


def paced(count: int, seconds: float, *, bursts: int = 0) -> list[float]:
    """The times, in seconds from the start, of so many requests: evenly spread, or in so many bursts."""
    groups = bursts or count
    return [seconds * (number * groups // count) / groups for number in range(count)]


def send_all(sends: Sequence[tuple[float, Callable[[], None]]]) -> list[threading.Thread]:
    """Call each at its time, in seconds from now, on a thread of its own; the threads, all begun."""
    started, threads = time.monotonic(), []
    for at, send in sorted(sends, key=lambda each: each[0]):
        time.sleep(max(0.0, started + at - time.monotonic()))
        thread = threading.Thread(target=send, daemon=True)
        thread.start()
        threads.append(thread)
    return threads
