"""A server that speaks enough of DynamoDB's protocol to answer by a script: throttle, hang up, leave work undone."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HANG_UP = None


@dataclass(frozen=True)
class Failure:
    """An answer that is an error of the service."""

    code: str
    status: int = 400
    message: str = "as scripted"
    more: dict[str, Any] = field(default_factory=dict)


Scripted = dict[str, Any] | Failure | None


class ScriptedServer:
    """Gives the scripted answers one after the other, the last one again and again; keeps what it was asked."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.script: list[Scripted] = [{}]
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def answers(self, *script: Scripted) -> None:
        """What to answer from now on; None hangs up without an answer, after the request was read."""
        self.script = list(script)

    def answer(self, operation: str, body: dict[str, Any]) -> Scripted:
        self.asked.append((operation, body))
        return self.script.pop(0) if len(self.script) > 1 else self.script[0]


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """A running server on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = server.answer(self.headers["X-Amz-Target"].rsplit(".", 1)[1], body)
            if answer is None:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            status = 200
            if isinstance(answer, Failure):
                status = answer.status
                kind = f"com.amazonaws.dynamodb.v20120810#{answer.code}"
                answer = {"__type": kind, "message": answer.message, **answer.more}
            encoded = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.0")
            self.send_header("Content-Length", str(len(encoded)))
            self.end_headers()
            self.wfile.write(encoded)

        def log_request(self, code: object = "-", size: object = "-") -> None:
            """Nothing: the tests look at `asked`."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server = ScriptedServer(f"http://127.0.0.1:{http.server_port}")
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
