"""A mail server on a socket, which speaks as much of SMTP (RFC 5321) as it needs to be handed mails."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BufferedRWPair


@dataclass
class MailServer:
    """What it was handed. It says goodbye after `mails_taken_at_once`, and at once where that is 0."""

    mails_taken_at_once: int
    connections: int = 0
    mails: list[bytes] = field(default_factory=list)
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        """Answer one connection after the other until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            with connection, connection.makefile("rwb") as stream:
                self._converse(stream)

    def _converse(self, stream: BufferedRWPair) -> None:
        if self.mails_taken_at_once == 0:
            return
        taken = 0
        _say(stream, b"220 here")
        while line := stream.readline():
            verb = line.split()[0].upper()
            if verb == b"MAIL" and taken == self.mails_taken_at_once:
                _say(stream, b"421 enough")
                return
            if verb == b"DATA":
                _say(stream, b"354 go on")
                self.mails.append(b"".join(iter(stream.readline, b".\r\n")))
                taken += 1
            _say(stream, b"221 bye" if verb == b"QUIT" else b"250 fine")
            if verb == b"QUIT":
                return


@contextmanager
def mail_server(mails_taken_at_once: int = 1_000_000) -> Iterator[MailServer]:
    """A running one on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = MailServer(mails_taken_at_once, port=listener.getsockname()[1])
        thread = threading.Thread(target=server.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _say(stream: BufferedRWPair, line: bytes) -> None:
    stream.write(line + b"\r\n")
    stream.flush()
