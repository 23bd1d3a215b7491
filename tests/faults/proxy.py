"""A store server that fails as real ones do: a proxy before a DynamoDB-compatible server, which injects faults."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any
from urllib.parse import urlsplit

SLOW_SECONDS = 0.3
Answer = tuple[int, dict[str, Any]] | None
"""Status and body; None hangs up without an answer."""
BATCHES = {"BatchWriteItem": "UnprocessedItems", "BatchGetItem": "UnprocessedKeys"}


class FaultyServer:
    """The server behind it, with so many faults in a hundred requests while `percent` is above 0; `injected` counts.

    Which request meets which fault follows from the seed and the order in which requests come.
    """

    def __init__(self, behind: str, seed: int) -> None:
        self.url = ""
        self.behind = behind
        self.percent = 0
        self.injected: Counter[str] = Counter()
        self._host = urlsplit(behind).netloc
        self._random = Random(seed)
        self._lock = threading.Lock()
        self._here = threading.local()
        self._connections: list[http.client.HTTPConnection] = []

    def answer(self, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
        """What a client is told."""
        fault = self._fault_for(operation, json.loads(body))
        if fault is None:
            return self._forwarded(body, headers)
        with self._lock:
            self.injected[fault.__name__] += 1
        return fault(self, operation, body, headers)

    def close(self) -> None:
        """Close the connections to the server behind."""
        for connection in self._connections:
            connection.close()

    def _fault_for(self, operation: str, body: dict[str, Any]) -> Fault | None:
        with self._lock:
            if self._random.uniform(0, 100) >= self.percent:
                return None
            return self._random.choice([fault for fault in FAULTS if _fits(fault, operation, body)])

    def _forwarded(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, Any]]:
        connection = self._connection()
        connection.request("POST", "/", body, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"{}")

    def _connection(self) -> http.client.HTTPConnection:
        """One for each thread."""
        connection: http.client.HTTPConnection | None = getattr(self._here, "connection", None)
        if connection is None:
            connection = self._here.connection = http.client.HTTPConnection(self._host, timeout=20)
            self._connections.append(connection)
        return connection


Fault = Callable[[FaultyServer, str, bytes, dict[str, str]], Answer]


def throughput_exceeded(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The table takes no more for now; nothing was done."""
    return _error("ProvisionedThroughputExceededException")


def throttled(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The account does too much at once; nothing was done."""
    return _error("ThrottlingException")


def internal_error_before(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """An error inside, and nothing was done."""
    return _error("InternalServerError", 500)


def internal_error_after(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """An error inside after it was done."""
    server._forwarded(body, headers)
    return _error("InternalServerError", 500)


def unavailable(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """A machine in front is out; nothing was done."""
    return _error("ServiceUnavailable", 503)


def dropped_before(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The connection ends before the request arrives."""
    return None


def dropped_after(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The connection ends after it was done: the client cannot tell it from the fault above."""
    server._forwarded(body, headers)
    return None


def slow(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """The answer takes its time."""
    time.sleep(SLOW_SECONDS)
    return server._forwarded(body, headers)


def half_a_batch(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Only the first half is done, the rest is handed back."""
    asked = json.loads(body)
    done, left = _halves(operation, asked["RequestItems"])
    status, said = server._forwarded(json.dumps({**asked, "RequestItems": done}).encode(), headers)
    return status, {**said, BATCHES[operation]: left} if status == 200 else said


def nothing_of_a_batch(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """All of it is handed back."""
    empty: dict[str, Any] = {} if operation == "BatchWriteItem" else {"Responses": {}}
    return 200, {**empty, BATCHES[operation]: json.loads(body)["RequestItems"]}


def in_conflict(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Another transaction is at one of the items; nothing was done."""
    count = len(json.loads(body)["TransactItems"])
    reasons = [{"Code": "TransactionConflict", "Message": "as injected"}, *[{"Code": "None"}] * (count - 1)]
    return _error("TransactionCanceledException", more={"CancellationReasons": reasons})


def throttled_inside(server: FaultyServer, operation: str, body: bytes, headers: dict[str, str]) -> Answer:
    """One of a transaction's items takes no more for now; nothing was done."""
    count = len(json.loads(body)["TransactItems"])
    reasons = [*[{"Code": "None"}] * (count - 1), {"Code": "ThrottlingError", "Message": "as injected"}]
    return _error("TransactionCanceledException", more={"CancellationReasons": reasons})


FAULTS: tuple[Fault, ...] = (
    throughput_exceeded,
    throttled,
    internal_error_before,
    internal_error_after,
    unavailable,
    dropped_before,
    dropped_after,
    slow,
    half_a_batch,
    nothing_of_a_batch,
    in_conflict,
    throttled_inside,
)
OF_BATCHES = (half_a_batch, nothing_of_a_batch)
OF_TRANSACTIONS = (in_conflict, throttled_inside)


def _fits(fault: Fault, operation: str, body: dict[str, Any]) -> bool:
    if fault is half_a_batch:
        return operation in BATCHES and _size(operation, body["RequestItems"]) > 1
    if fault in OF_BATCHES:
        return operation in BATCHES
    return operation == "TransactWriteItems" if fault in OF_TRANSACTIONS else True


def _size(operation: str, requested: dict[str, Any]) -> int:
    return sum(len(_entries(operation, of_table)) for of_table in requested.values())


def _entries(operation: str, of_table: Any) -> list[Any]:
    entries: list[Any] = of_table["Keys"] if operation == "BatchGetItem" else of_table
    return entries


def _halves(operation: str, requested: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A batch as the requests of its first half and those of its second, over all tables."""
    room = _size(operation, requested) // 2
    done: dict[str, Any] = {}
    left: dict[str, Any] = {}
    for table, of_table in requested.items():
        entries = _entries(operation, of_table)
        for part, some in ((done, entries[:room]), (left, entries[room:])):
            if some:
                part[table] = {**of_table, "Keys": some} if operation == "BatchGetItem" else some
        room = max(0, room - len(entries))
    return done, left


def _error(code: str, status: int = 400, more: dict[str, Any] | None = None) -> Answer:
    return status, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "as injected", **(more or {})}


@contextmanager
def faulty_server(behind: str, seed: int) -> Iterator[FaultyServer]:
    """A proxy on a free port of this machine before the server at an address, without faults at first."""
    server = FaultyServer(behind, seed)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            target = self.headers["X-Amz-Target"]
            kept = ("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")
            headers = {name: value for name in kept if (value := self.headers[name])}
            answer = server.answer(target.rsplit(".", 1)[1], body, headers)
            if answer is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            status, said = answer
            encoded = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Nothing: the tests look at `injected`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http_server:
        http_server.daemon_threads = True
        server.url = f"http://127.0.0.1:{http_server.server_port}"
        thread = threading.Thread(target=http_server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http_server.shutdown()
            thread.join()
            server.close()
