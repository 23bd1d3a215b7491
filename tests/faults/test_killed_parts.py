"""Every part is killed at random, again and again, while people trade, set alerts and are told."""

import os
import secrets
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from core.storage import Store, open_store
from tests import servers
from tests.faults import afterwards
from tests.faults.people import Crowd, Person, over_http
from tests.faults.prices import feed_of_waves
from tests.faults.supervisor import Supervisor, killing
from tests.platform.processes import ROOT, Site, environment, manage
from tests.ports import free_port
from tests.servers.install import FOLDER
from tests.waiting import PATIENCE, wait_until

pytestmark = pytest.mark.services

KILL_SECONDS = float(os.environ.get("KILL_SECONDS", "25"))
KILL_SEED = int(os.environ.get("KILL_SEED", secrets.randbelow(10**6)))
DRAIN_SECONDS = 120
"""A dispatcher that was killed keeps its shard for 30 seconds."""
PEOPLE = 3
LEAST_WISHES = 30


def options(folder: Path, **more: str) -> dict[str, str]:
    """Short leases, fast prices, mail into a folder, no limit on requests."""
    unlimited = dict.fromkeys(("API_REQUESTS_PER_MINUTE", "API_VISITOR_REQUESTS_PER_MINUTE"), "1000000")
    mails = folder / "mails"
    mails.mkdir()
    return environment(
        folder,
        EMAIL_URL=f"filemail:///{mails}",
        DELIVERY_LEASE_SECONDS="2",
        MARKET_FEED=feed_of_waves(folder),
        MARKET_POLL_SECONDS="0.5",
        ALERTS_PER_USER="100000",
        DEPOSIT_DAILY_LIMIT="1000000",
        WITHDRAWAL_DAILY_LIMIT="1000000",
        API_SIGN_INS_PER_MINUTE="1000000",
        LOG_LEVEL="WARNING",
        **unlimited,
        **more,
    )


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[Supervisor]:
    """Keeps parts running until the end of the test."""
    with Supervisor(tmp_path) as supervisor:
        yield supervisor


def is_up(port: int) -> bool:
    """Whether a web process answers, and the store behind it."""
    try:
        status, _ = Site(None, port).get("/readyz")  # type: ignore[arg-type]
    except (OSError, ValueError):
        return False
    return status == 200


def succeeds(command: str, env: dict[str, str]) -> bool:
    """Whether a command of manage.py ends well."""
    return manage(command, env=env).returncode == 0


def live_and_kill(supervisor: Supervisor, parts: list[str], people: list[Person], ports: list[int]) -> None:
    """For KILL_SECONDS, or longer where the machine is slow: until enough was done and every part was killed."""

    def enough() -> bool:
        is_done = sum(person.done.count for person in people) >= LEAST_WISHES
        return is_done and all(supervisor.kills[part] for part in parts)

    def any_is_up() -> bool:
        return any(is_up(port) for port in ports)

    for person in people:
        person.sign_up()
    wait_until(people[0].sees_price, "a price comes")
    with Crowd(people), killing(supervisor, parts, seed=KILL_SEED, pauses=(0.2, 2), is_up=any_is_up):
        time.sleep(KILL_SECONDS)
        wait_until(enough, "much was done", within=10 * PATIENCE)


def check_all(supervisor: Supervisor, store: Store, people: list[Person], folder: Path, env: dict[str, str]) -> None:
    """People end, everything is worked off, and all is as it should be."""
    for person in people:
        person.pause_all()
    wait_until(lambda: afterwards.nothing_waits(store), "nothing waits", within=DRAIN_SECONDS)
    afterwards.everything_acknowledged_is_there_once(store, people)
    doubles = afterwards.every_firing_was_mailed(store, afterwards.mails_in(folder / "mails"))
    told = len(afterwards.firings(store))
    reconciled = manage("reconcile", env=env)
    wishes = sum(person.done.count for person in people)
    repeated = sum(person.done.repeated for person in people)
    print(  # noqa: T201 - shown by pytest -s and where the test fails
        f"\nseed {KILL_SEED}: killed {supervisor.kills}, died {supervisor.deaths}; {wishes} wishes done, "
        f"{repeated} repetitions; {told} firings told, {doubles} mails doubled\n{reconciled.stdout}"
    )
    assert reconciled.returncode == 0, reconciled.stdout + reconciled.stderr
    assert told > 0


def test_many_processes(tmp_path: Path, supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch) -> None:
    native = servers.needed(FOLDER / "native" / "dynoxide", "the native server is missing: `make servers` fetches it")
    with servers.redis(port=free_port()):
        pass  # skips, or fails, where there is none
    ports = [free_port(), free_port()]
    store_port, redis_port = free_port(), free_port()
    url = f"dynamodb://eu-central-1?endpoint=http://127.0.0.1:{store_port}"
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    env = options(tmp_path, DATASTORE_URL=url, REDIS_URL=f"redis://127.0.0.1:{redis_port}/0")
    supervisor.add("store", [native, "--port", str(store_port), "--db-path", str(tmp_path / "store.db")])
    supervisor.add("redis", ["redis-server", "--port", str(redis_port), "--save", "", "--appendonly", "no"])
    for command in ("createtables", "prepare"):
        wait_until(partial(succeeds, command, env), f"{command} ends well")
    for number, port in enumerate(ports):
        web = ["uvicorn", "cryptopulse.asgi:application", "--port", str(port), "--log-level", "warning"]
        supervisor.add_python(f"web{number}", *web, env=env)
    worker = ["worker", "--pool", "threads", "--concurrency", "4"]
    supervisor.add_python("worker", "celery", "-A", "cryptopulse", "--quiet", *worker, env=env)
    supervisor.add_python("beat", "celery", "-A", "cryptopulse", "--quiet", "beat", env=env)
    for port in ports:
        wait_until(partial(is_up, port), supervisor.said())
    people = [Person(f"person{number}", over_http(ports), KILL_SEED) for number in range(PEOPLE)]
    parts = ["store", "redis", "web0", "web1", "worker", "beat"]
    live_and_kill(supervisor, parts, people, ports)
    check_all(supervisor, open_store(url), people, tmp_path, env)


def test_one_process(tmp_path: Path, supervisor: Supervisor) -> None:
    env, port = options(tmp_path), free_port()
    supervisor.add_python("site", "django", "serve", "--port", str(port), env={**env, "PYTHONPATH": str(ROOT)})
    wait_until(partial(is_up, port), supervisor.said())
    people = [Person(f"person{number}", over_http([port]), KILL_SEED) for number in range(PEOPLE)]
    live_and_kill(supervisor, ["site"], people, [port])
    check_all(supervisor, open_store(env["DATASTORE_URL"]), people, tmp_path, env)
