"""A Redis that is full refuses what is written to it: pages and API go on, workers and beat try until there is room."""

import time
from pathlib import Path

import pytest
import redis

from tests import servers
from tests.platform.many import BEAT, SCHEDULED, WEB, WORKER, ManyProcesses, many_processes
from tests.waiting import wait_until

pytestmark = pytest.mark.services

FULL_FOR = 20.0


def newest(many: ManyProcesses) -> str:
    """When the newest price was."""
    return str(many.site.get("/api/v1/prices/?assets=bitcoin")[1]["items"][0]["at"])


def prices_move(many: ManyProcesses) -> None:
    """Returns once there is a newer price than now."""
    before = newest(many)
    wait_until(lambda: newest(many) > before)


def fill(client: redis.Redis) -> None:
    """Write until Redis refuses, and then let it have no room at all."""
    client.config_set("maxmemory-policy", "noeviction")
    client.config_set("maxmemory", "1")
    with pytest.raises(redis.exceptions.OutOfMemoryError):
        client.set("full", "x")


def test_nothing_ends_and_prices_move_again_once_there_is_room(tmp_path: Path) -> None:
    with servers.redis() as url, many_processes(tmp_path, url, WEB, WORKER, SCHEDULED, BEAT) as many:
        prices_move(many)
        client = redis.Redis.from_url(url)
        fill(client)
        ends = time.monotonic() + FULL_FOR
        statuses: set[int] = set()
        number = 0
        while time.monotonic() < ends:
            number += 1
            account = {"username": f"user{number}", "email": f"{number}@example.com", "password": "a fine passphrase"}
            statuses.add(many.site.post("/api/v1/auth/register/", account)[0])
            statuses.add(many.site.get("/api/v1/prices/?assets=bitcoin")[0])
            time.sleep(1)
        assert statuses == {200, 201}
        assert [process.poll() for process in many.running.values()] == [None] * 4

        client.config_set("maxmemory", "0")
        prices_move(many)
        status, _ = many.site.post("/api/v1/auth/token/", {"username": "user1", "password": "a fine passphrase"})
        assert status == 201
        wait_until(lambda: many.site.get("/readyz")[1]["schedule"]["ok"])
        assert [process.poll() for process in many.running.values()] == [None] * 4
        client.close()


def test_processes_that_start_while_it_is_full_wait_for_room(tmp_path: Path) -> None:
    with servers.redis() as url, many_processes(tmp_path, url) as many:
        client = redis.Redis.from_url(url)
        fill(client)
        many.start(WEB, WORKER, SCHEDULED, BEAT)
        assert many.site.get("/healthz")[0] == 200
        time.sleep(FULL_FOR)
        assert [process.poll() for process in many.running.values()] == [None] * 4
        client.config_set("maxmemory", "0")
        prices_move(many)
        client.close()
