"""Connections to a site on which a test sends what it likes, byte by byte."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException, HTTPResponse

PATIENCE = 60.0
GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    """A connection that has sent nothing yet."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        yield connection


def post(path: str, length: int) -> bytes:
    """The head of a request whose body has this length."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


def status(connection: socket.socket) -> int:
    """The status of the next answer on the connection, read to its end; 0 where it was closed instead."""
    answer = HTTPResponse(connection)
    try:
        answer.begin()
        answer.read()
    except (ConnectionError, HTTPException):
        return 0
    return answer.status


def is_open(connection: socket.socket) -> bool:
    """Whether the other side has neither closed the connection nor said anything."""
    connection.setblocking(False)
    try:
        return connection.recv(1, socket.MSG_PEEK) is None
    except BlockingIOError:
        return True
    except ConnectionError:
        return False
    finally:
        connection.setblocking(True)
        connection.settimeout(PATIENCE)


def drip(connection: socket.socket, piece: bytes, *, every: float, most: float) -> bool:
    """Send a piece again and again, for `most` seconds at most; whether the other side ended the connection."""
    ends = time.monotonic() + most
    while time.monotonic() < ends:
        try:
            connection.sendall(piece)
        except OSError:
            return True
        if not is_open(connection):
            return True
        time.sleep(every)
    return False
