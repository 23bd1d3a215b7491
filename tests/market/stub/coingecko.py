"""CoinGecko's API as a local server.

Its documents have the form of docs.coingecko.com: `/simple/price`, `/coins/{id}/market_chart`, and the errors.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

IDS = {
    "bitcoin": 67187.3358936566,
    "ethereum": 3402.1150238471,
    "tether": 1.0003,
    "ripple": 0.62871,
    "binancecoin": 587.7741,
    "solana": 172.41,
    "usd-coin": 0.9998,
    "dogecoin": 0.1712,
    "tron": 0.1219,
    "cardano": 0.6413,
    "chainlink": 19.02,
    "avalanche-2": 54.31,
    "stellar": 0.1311,
    "litecoin": 88.12,
    "polkadot": 9.4,
    "monero": 137.55,
    "uniswap": 12.33,
    "polygon-ecosystem-token": 0.9871,
    "algorand": 0.2481,
    "cosmos": 11.08,
}
RATE_LIMITED = {
    "status": {
        "error_code": 429,
        "error_message": "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing "
        "to subscribe to our API plans for higher rate limits.",
    }
}
HTML = "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"


@dataclass
class Call:
    """A request that was received."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: float


@dataclass
class CoinGecko:
    """What the server answers next; tests change it.

    `prices` are by CoinGecko's id; `at` is `last_updated_at` of all. `raw` replaces the body of an answer. `mode` is
    what goes wrong: `silent`, `drip`, `cut`, or nothing.
    """

    url: str = ""
    at: int = field(default_factory=lambda: int(time.time()))
    prices: dict[str, Any] = field(default_factory=lambda: dict(IDS))
    fields: dict[str, dict[str, Any]] = field(default_factory=dict)
    charts: dict[str, list[Any]] = field(default_factory=dict)
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    mode: str = ""
    calls: list[Call] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def asked(self, path: str = "/simple/price") -> list[Call]:
        """The requests for one path so far."""
        return [call for call in self.calls if call.path == path]

    def body(self, path: str, query: dict[str, str]) -> bytes:
        """The document for a request."""
        if self.raw is not None:
            return self.raw
        if path == "/simple/price":
            known = [coin for coin in query["ids"].split(",") if coin in self.prices]
            return json.dumps({coin: self._part(coin) for coin in known}).encode()
        coin = path.split("/")[2]
        points = self.charts.get(coin, [])
        chart = {"prices": points, "market_caps": points, "total_volumes": points}
        return json.dumps(chart).encode()

    def _part(self, coin: str) -> dict[str, Any]:
        price = self.prices[coin]
        usual = {
            "usd": price,
            "usd_market_cap": 1317802988326.25,
            "usd_24h_vol": 31260929299.5248,
            "usd_24h_change": 3.63727894677354,
            "last_updated_at": self.at,
        }
        return {**usual, **self.fields.get(coin, {})}


@contextmanager
def serving() -> Iterator[CoinGecko]:
    """The server, up while the body runs."""
    stub = CoinGecko()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            path = parts.path.removeprefix("/api/v3")
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            stub.calls.append(Call(path, query, dict(self.headers), time.time()))
            if stub.mode == "silent":
                stub.released.wait(30)
                return
            body = stub.body(path, query)
            self.send_response(stub.status)
            for name, value in stub.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self._send(body)

        def _send(self, body: bytes) -> None:
            try:
                if stub.mode == "cut":
                    self.wfile.write(body[: len(body) // 2])
                elif stub.mode == "drip":
                    for byte in body:
                        if stub.released.wait(0.05):
                            return
                        self.wfile.write(bytes([byte]))
                else:
                    self.wfile.write(body)
            except OSError:
                pass  # the client had enough, which is what some tests are about

        def log_message(self, *_arguments: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_port}/api/v3"
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
