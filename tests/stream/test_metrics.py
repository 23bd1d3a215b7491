"""Open connections are counted for Prometheus."""

import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from tests.stream.clients import Server
from tests.stream.waiting import wait_until_open
from tests.waiting import PATIENCE


def reported(server: Server) -> float:
    """How many connections `/metrics` reports."""
    with urllib.request.urlopen(f"{server.origin}/metrics", timeout=PATIENCE) as answer:
        families = text_string_to_metric_families(answer.read().decode())
        [connections] = [family for family in families if family.name == "cryptopulse_stream_connections"]
    return float(connections.samples[0].value)


def test_open_connections_are_reported(server: Server) -> None:
    assert reported(server) == 0
    with server.connected(), server.connected():
        wait_until_open(2)
        assert reported(server) == 2
    wait_until_open(0)
    assert reported(server) == 0
