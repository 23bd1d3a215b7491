"""Redis is gone, silent, or back."""

import logging
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from pytest_django.fixtures import Settings

from alerts.services import announce
from core.ids import new_id
from core.stream import announcer
from tests import servers
from tests.builders import a_user
from tests.market.builders import an_asset
from tests.ports import free_port
from tests.stream.clients import Server
from tests.stream.conftest import over_redis
from tests.stream.prices import move
from tests.waiting import wait_until

pytestmark = pytest.mark.services

OUT_OF_ORDER = (1013, "Push is out of order; try again later.")


@pytest.fixture(autouse=True)
def afresh() -> None:
    """The announcer has not met an outage yet."""
    announcer.ANNOUNCER.start_afresh()


@pytest.fixture
def port(settings: Settings) -> int:
    """Where Redis is expected."""
    port = free_port()
    over_redis(settings, f"redis://127.0.0.1:{port}/0")
    return port


@pytest.fixture
def silent_redis(settings: Settings) -> Iterator[None]:
    """Something listens where Redis is expected, and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        over_redis(settings, f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
        yield


def lost(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.message for record in caplog.records if "announcements are lost" in record.message]


def test_connections_end_with_redis_and_work_again_with_it(port: int, server: Server) -> None:
    alice = a_user()
    with ExitStack() as stack:
        with servers.redis(port=port):
            page = stack.enter_context(server.page_of(alice))
            announce("alice", "1")
            assert page.hear() == {"type": "event", "n": "1"}
        assert page.ending() == OUT_OF_ORDER
        assert stack.enter_context(server.page_of(alice)).ending() == OUT_OF_ORDER
    with servers.redis(port=port), server.page_of(alice) as page:
        announce("alice", "2")
        assert page.hear() == {"type": "event", "n": "2"}


@pytest.mark.usefixtures("port")
def test_work_goes_on_without_redis_and_it_is_said_once(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "core.stream.announcer"):
        an_asset("bitcoin", price="100")
        for price in range(101, 111):
            move(str(price))
        wait_until(lambda: bool(lost(caplog)), "the loss is logged")
        move("111")
    assert an_asset("bitcoin").price == 111
    assert len(lost(caplog)) == 1


@pytest.mark.usefixtures("silent_redis")
def test_work_does_not_wait_for_a_redis_that_does_not_answer(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcer, "PATIENCE", 8.0)
    with caplog.at_level(logging.WARNING, "core.stream.announcer"):
        an_asset("bitcoin", price="100")
        for price in range(101, 111):
            move(str(price))
            announce("alice", new_id())
        assert an_asset("bitcoin").price == 110
        assert lost(caplog) == []  # all of that was done before the first announcement was given up
        wait_until(lambda: bool(lost(caplog)), "the loss is logged")


@pytest.mark.usefixtures("silent_redis")
def test_a_page_is_closed_when_redis_does_not_answer(server: Server) -> None:
    with server.page_of(a_user()) as page:
        assert page.ending() == OUT_OF_ORDER
