"""Told to end, each process finishes what it is at, and ends in time."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis

from core import outbox
from core.accounts.services import password_reset_request
from core.storage import open_store, using
from tests import servers
from tests.builders import a_user
from tests.platform.many import BEAT, WEB, WORKER, ManyProcesses, many_processes
from tests.platform.processes import running
from tests.platform.slow_mail import SlowMail, slow_mail
from tests.platform.units import unit
from tests.ports import free_port
from tests.waiting import wait_until

pytestmark = pytest.mark.services

ENDED_WELL = {0, -15}
"""uvicorn ends itself by the signal that it was sent, once its work is done."""


def time_of(name: str) -> int:
    """Seconds that systemd gives the unit to end."""
    return int(unit(name)["Service"]["TimeoutStopSec"])


@contextmanager
def store_of(many: ManyProcesses) -> Iterator[None]:
    """The store of the processes, as this one's."""
    store = open_store(many.env["DATASTORE_URL"])
    with using(store):
        yield
    store.close()


def a_mail_is_under_way(many: ManyProcesses, mail: SlowMail) -> None:
    """Returns while the worker is sending a mail."""
    with store_of(many):
        password_reset_request(a_user("alice").email)
    assert mail.arrived.wait(60)


def a_request_under_way(port: int) -> tuple[socket.socket, bytes]:
    """A connection on which half a request was sent, and the other half."""
    body = b'{"username": "nobody", "password": "wrong"}'
    head = (
        b"POST /api/v1/auth/token/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        b"Content-Length: %d\r\n\r\n" % len(body)
    )
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(head + body[:10])
    time.sleep(0.5)
    return connection, body[10:]


def answered(connection: socket.socket, rest: bytes) -> bytes:
    """The first line of the answer once the rest of the request is sent."""
    connection.sendall(rest)
    with connection, connection.makefile("rb") as answer:
        return answer.readline()


def test_a_web_process_answers_what_is_under_way_and_takes_nothing_new(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WEB) as many:
        assert many.site.get("/healthz")[0] == 200
        connection, rest = a_request_under_way(many.port)
        many.terminate(WEB)
        time.sleep(1)
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", many.port), timeout=5)
        assert answered(connection, rest).startswith(b"HTTP/1.1 401")
        assert many.ends(WEB, time_of(WEB)) in ENDED_WELL


def test_a_web_process_ends_though_a_client_never_finishes(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, WEB) as many:
        assert many.site.get("/healthz")[0] == 200
        connection, _ = a_request_under_way(many.port)
        many.terminate(WEB)
        assert many.ends(WEB, time_of(WEB)) in ENDED_WELL
        connection.close()


def test_a_worker_finishes_its_task_and_ends(tmp_path: Path, redis_url: str) -> None:
    with slow_mail() as mail, many_processes(tmp_path, redis_url, WORKER, BEAT, EMAIL_URL=mail.url) as many:
        a_mail_is_under_way(many, mail)
        many.terminate(WORKER)
        time.sleep(2)
        assert many.running[WORKER].poll() is None
        mail.may_be_taken.set()
        assert many.ends(WORKER, time_of(WORKER)) == 0
        with store_of(many):
            assert outbox.depth().waiting == 0
        assert mail.taken == 1


def test_a_worker_that_loses_redis_while_at_a_task_finishes_it_once_and_works_on(tmp_path: Path) -> None:
    port = free_port()
    with slow_mail() as mail, many_processes(tmp_path, f"redis://127.0.0.1:{port}/0", EMAIL_URL=mail.url) as many:
        with servers.redis(port=port):
            many.start(WEB, WORKER, BEAT)
            a_mail_is_under_way(many, mail)
        mail.may_be_taken.set()
        with servers.redis(port=port):
            before = polled(many)
            wait_until(lambda: polled(many) > before)
            assert many.running[WORKER].poll() is None
        with store_of(many):
            assert outbox.depth().waiting == 0
        assert mail.taken == 1


def polled(many: ManyProcesses) -> str:
    """When the newest price was received."""
    return str(many.site.get("/api/v1/prices/?assets=bitcoin")[1]["items"][0]["at"])


def test_beat_ends_at_once(tmp_path: Path, redis_url: str) -> None:
    with many_processes(tmp_path, redis_url, BEAT) as many:
        queue = redis.Redis.from_url(redis_url)
        wait_until(lambda: queue.llen("schedule") > 0)
        queue.close()
        many.terminate(BEAT)
        assert many.ends(BEAT, time_of(BEAT)) == 0


def test_one_process_answers_what_is_under_way_and_ends(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        connection, rest = a_request_under_way(site.port)
        site.process.terminate()
        time.sleep(1)
        assert answered(connection, rest).startswith(b"HTTP/1.1 401")
        assert site.process.wait(20) == 0
