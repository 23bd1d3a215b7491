"""A mail server that takes a message only when the test lets it."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class SlowMail(socketserver.ThreadingTCPServer):
    """`arrived` is set when a whole message is there; it is taken once `may_be_taken` is set."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Conversation)
        self.arrived, self.may_be_taken = threading.Event(), threading.Event()
        self.taken = 0

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"


class _Conversation(socketserver.StreamRequestHandler):
    server: SlowMail

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.arrived.set()
                self.server.may_be_taken.wait(9)
                self.server.taken += 1
            elif verb == b"QUIT":
                return self._say("221 bye")
            self._say("250 fine")
        return None

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def slow_mail() -> Iterator[SlowMail]:
    """Such a server, until the end."""
    with SlowMail() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.may_be_taken.set()
            server.shutdown()
