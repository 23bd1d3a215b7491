"""A client is waited for so long and no longer, and those that send nothing keep nobody away."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.platform.processes import Site, running
from tests.platform.raw import GET, connected, drip, is_open, post, status

pytestmark = pytest.mark.services

LIMITS = {"REQUEST_HEAD_SECONDS": "2", "REQUEST_BODY_SECONDS": "2", "CONNECTIONS": "20"}
MUCH_LONGER = 30.0


@pytest.fixture(scope="module", params=["serve", "web"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site in one process, and a web process by itself."""
    with running(tmp_path_factory.mktemp("site"), request.param, **LIMITS) as found:
        yield found


class TestTime:
    def test_who_sends_nothing_is_disconnected(self, site: Site) -> None:
        with connected(site.port) as connection:
            assert connection.recv(1) == b""

    @pytest.mark.parametrize("head", [b"G", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nX-Slow: 1\r\nX-"])
    def test_who_never_ends_the_head_is_disconnected(self, site: Site, head: bytes) -> None:
        with connected(site.port) as connection:
            connection.sendall(head)
            assert drip(connection, b"a", every=0.2, most=MUCH_LONGER)

    def test_the_second_request_of_a_connection_must_come_in_time_too(self, site: Site) -> None:
        with connected(site.port) as connection:
            connection.sendall(GET)
            assert status(connection) == 200
            connection.sendall(b"\r\n")
            assert drip(connection, b"\r\n", every=0.2, most=MUCH_LONGER)

    def test_who_drips_the_body_is_disconnected(self, site: Site) -> None:
        with connected(site.port) as connection:
            connection.sendall(post("/api/v1/auth/token/", 1_000_000))
            assert drip(connection, b"x", every=0.2, most=MUCH_LONGER)

    def test_a_body_that_comes_slowly_but_steadily_is_waited_for(self, site: Site) -> None:
        pieces = 25
        with connected(site.port) as connection:
            connection.sendall(post("/api/v1/auth/token/", pieces * 8192))
            assert not drip(connection, b"x" * 8192, every=0.2, most=pieces * 0.2 - 0.1)
            connection.sendall(b"x" * (pieces * 8192))
            assert status(connection) in (400, 413)

    def test_a_client_in_time_is_answered_though_the_view_may_take_longer(self, site: Site) -> None:
        with connected(site.port) as connection:
            for _ in range(3):
                connection.sendall(GET)
                assert status(connection) == 200


class TestNumber:
    def test_those_that_send_nothing_make_room(self, site: Site) -> None:
        with ExitStack() as stack:
            silent = [stack.enter_context(connected(site.port)) for _ in range(60)]
            for _ in range(10):
                assert site.get("/healthz")[0] == 200
            assert sum(is_open(connection) for connection in silent) <= int(LIMITS["CONNECTIONS"])

    def test_those_with_half_a_body_make_room(self, site: Site) -> None:
        with ExitStack() as stack:
            for _ in range(60):
                stack.enter_context(connected(site.port)).sendall(post("/api/v1/auth/token/", 1_000_000) + b"x" * 100)
            for _ in range(10):
                assert site.get("/healthz")[0] == 200

    def test_a_head_without_end_is_refused_before_it_fills_the_memory(self, site: Site) -> None:
        with connected(site.port) as connection:
            try:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: " + b"a" * 10_000_000)
            except ConnectionError:
                pass
            else:
                assert status(connection) in (0, 431)
        assert site.get("/healthz")[0] == 200
