"""Ports for servers that tests start."""

import secrets
import socket

FIRST, LAST = 20_000, 32_000
"""Below those that the system gives to outgoing connections: one of these could take a port before its server does."""


def free_port() -> int:
    """A port that nobody listens on; of many, so that tests that run beside each other seldom choose the same."""
    while True:
        port = FIRST + secrets.randbelow(LAST - FIRST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
