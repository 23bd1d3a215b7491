"""A client that does not read is dropped, and delays no other."""

import socket
from collections.abc import Iterator

import pytest

from alerts.services import announce
from core.ids import new_id
from core.websocket import application
from core.websocket.client_messages import MOST_MESSAGES
from cryptopulse.one_process import WebServer, listen
from tests.builders import a_user
from tests.market.builders import an_asset
from tests.stream.clients import Server
from tests.stream.prices import move
from tests.stream.waiting import wait_until_open

LONG_IDS = [f"{number:03}{'x' * 150}" for number in range(100)]


@pytest.fixture
def narrow_server() -> Iterator[Server]:
    """A server whose connections hold little that was not read."""
    listener = listen("127.0.0.1", 0)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16384)
    web = WebServer(listener)
    assert web.start()
    yield Server(listener.getsockname()[1])
    web.stop()


def test_one_that_does_not_read_is_dropped(narrow_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "READS_WITHIN", 0.5)
    deaf = socket.create_connection(("127.0.0.1", narrow_server.port))
    deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16384)
    with (
        narrow_server.page_of(a_user()) as reader,
        narrow_server.connected(sock=deaf, compression=None, max_queue=1, close_timeout=0.1) as client,
    ):
        wait_until_open(2)
        for _ in range(MOST_MESSAGES):
            client.say({"watch": LONG_IDS})
        wait_until_open(1)
        announce("alice", new_id())
        assert reader.hear()["type"] == "event"


def test_one_that_reads_late_gets_the_latest(server: Server) -> None:
    an_asset("bitcoin", price="100")
    with server.connected() as client:
        client.watch("bitcoin")
        for price in range(101, 151):
            move(str(price))
        heard = [client.hear()["price"]]
        while heard[-1] != "150":
            heard.append(client.hear()["price"])
    assert heard == sorted(heard, key=int)
