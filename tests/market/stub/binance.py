"""Binance's stream and its past candles as local servers.

Messages have the form of github.com/binance/binance-spot-api-docs: combined streams of `<pair>@kline_1s`.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.sync.server import ServerConnection, serve


def kline(
    pair: str,
    number: int,
    prices: str | tuple[str, str, str, str],
    *,
    volume: str = "1.5",
    trades: int = 7,
    closed: bool = True,
) -> str:
    """A message of one second; one price for all four, or open, high, low and close."""
    opened, high, low, close = (prices,) * 4 if isinstance(prices, str) else prices
    return json.dumps(
        {
            "stream": f"{pair.lower()}@kline_1s",
            "data": {
                "e": "kline",
                "E": number * 1_000 + 1_004,
                "s": pair,
                "k": {
                    "t": number * 1_000,
                    "T": number * 1_000 + 999,
                    "s": pair,
                    "i": "1s",
                    "f": 100,
                    "L": 200,
                    "o": opened,
                    "c": close,
                    "h": high,
                    "l": low,
                    "v": volume,
                    "n": trades,
                    "x": closed,
                    "q": "1.0000",
                    "V": "500",
                    "Q": "0.500",
                    "B": "123456",
                },
            },
        }
    )


@dataclass
class Binance:
    """What the servers do; tests change it.

    `greeting` is sent to each connection when it opens. `refuse`: connections are answered with 503.
    `candles` answers `/api/v3/klines` by interval.
    """

    url: str = ""
    rest_url: str = ""
    greeting: list[str] = field(default_factory=list)
    refuse: bool = False
    status: int = 200
    candles: dict[str, list[list[Any]]] = field(default_factory=dict)
    paths: list[str] = field(default_factory=list)
    calls: list[dict[str, str]] = field(default_factory=list)
    open: list[ServerConnection] = field(default_factory=list)
    answered: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, *messages: str) -> None:
        """Send messages on every open connection; one whose client has just gone is passed over."""
        with self.lock:
            connections = list(self.open)
        for connection in connections:
            with suppress(ConnectionClosed):
                for message in messages:
                    connection.send(message)

    def close(self) -> None:
        """Close every open connection, as the server does after 24 hours."""
        with self.lock:
            connections = list(self.open)
        for connection in connections:
            connection.close()

    def wait_for_connections(self, count: int) -> None:
        """Returns once that many have been opened or refused in all; those that were opened are sent what is said."""
        deadline = time.monotonic() + 30
        while self.answered < count:
            assert time.monotonic() < deadline, f"{self.answered} connections, not {count}"
            time.sleep(0.01)


@contextmanager
def serving() -> Iterator[Binance]:
    """Both servers, up while the body runs."""
    stub = Binance()

    def answer(connection: ServerConnection) -> None:
        for message in stub.greeting:
            connection.send(message)
        with stub.lock:
            stub.open.append(connection)
            stub.answered += 1
        try:
            for _ in connection:
                pass
        except ConnectionClosed:
            pass
        finally:
            with stub.lock:
                stub.open.remove(connection)

    def admit(connection: ServerConnection, request: Request) -> Response | None:
        stub.paths.append(request.path)
        if not stub.refuse:
            return None
        with stub.lock:
            stub.answered += 1
        return connection.respond(503, "closed for maintenance\n")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            stub.calls.append(query)
            body = json.dumps(stub.candles.get(query.get("interval", ""), [])).encode()
            self.send_response(stub.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            pass

    rest = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    rest.daemon_threads = True
    with serve(answer, "127.0.0.1", 0, process_request=admit) as stream:
        threads = [
            threading.Thread(target=stream.serve_forever, daemon=True),
            threading.Thread(target=rest.serve_forever, args=(0.05,), daemon=True),
        ]
        for thread in threads:
            thread.start()
        stub.url = f"ws://127.0.0.1:{stream.socket.getsockname()[1]}"
        stub.rest_url = f"http://127.0.0.1:{rest.server_port}"
        try:
            yield stub
        finally:
            stub.close()
            stream.shutdown()
            rest.shutdown()
            rest.server_close()
            for thread in threads:
                thread.join(5)
