"""Ten thousand alerts at one level and around it, fired by one move in the running site, while a person looks at pages.

`-o log_cli=true --log-cli-level=INFO` shows how long it took, and the pages.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings

from core import clock, wiring
from core.storage import Store, open_store, using
from market.services import ticks_record
from market.triggers.selectors import series_by_asset
from tests import servers, stores
from tests.alerts.mail_server import MailServer, mail_server
from tests.alerts.pages_meanwhile import visiting
from tests.alerts.storms import BEYOND, Storm
from tests.builders import a_user, signed_in
from tests.faults.supervisor import Supervisor
from tests.market.builders import a_tick, an_asset
from tests.platform.processes import environment, running
from tests.ports import free_port
from tests.waiting import wait_until

logger = logging.getLogger(__name__)
pytestmark = pytest.mark.services

USERS = 100
IN_ONE_PROCESS, IN_MANY = 100, 30
"""Alerts of each user. A server of DynamoDB's kind takes several times as long as the embedded store."""
PATIENCE = 600
BEFORE = 5
"""Seconds of a quiet site, to compare with."""


@pytest.fixture(autouse=True)
def with_default_limits(settings: LazySettings) -> None:
    settings.STORE_RETRY_SECONDS = 30


def test_in_one_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'data' / 'pulse.sqlite3'}"
    with (
        gathered(url, IN_ONE_PROCESS) as storm,
        mail_server() as mails,
        running(tmp_path, **options(tmp_path, mails)) as site,
    ):
        run(storm, site.port, mails)


def test_in_many_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    with ExitStack() as stack:
        endpoint = stack.enter_context(servers.native())
        redis = stack.enter_context(servers.redis())
        url = f"dynamodb://eu-central-1?endpoint={endpoint}"
        storm, mails = stack.enter_context(gathered(url, IN_MANY)), stack.enter_context(mail_server())
        env = environment(tmp_path, DATASTORE_URL=url, REDIS_URL=redis, **options(tmp_path, mails))
        site, port = stack.enter_context(Supervisor(tmp_path)), free_port()
        site.add_python("web", "uvicorn", "cryptopulse.asgi:application", "--port", str(port), env=env)
        for name in ("first", "second"):
            worker = ("--quiet", "worker", "--pool", "threads", "--concurrency", "4", "--hostname", f"{name}@here")
            site.add_python(name, "celery", "-A", "cryptopulse", *worker, env=env)
        site.add_python("beat", "celery", "-A", "cryptopulse", "--quiet", "beat", env=env)
        run(storm, port, mails)
        assert site.deaths == {}, site.said()


@contextmanager
def gathered(url: str, alerts_of_each: int) -> Iterator[Storm]:
    """A store with the alerts; it is this process's too."""
    with opened(url) as store, using(store):
        an_asset(price="100", at=clock.now())
        storm = Storm([a_user(f"user_{number}") for number in range(USERS)], alerts_of_each)
        storm.gather()
        yield storm


@contextmanager
def opened(url: str) -> Iterator[Store]:
    store = open_store(url)
    store.create_tables(wiring.tables())
    stores.stamp(store)
    try:
        yield store
    finally:
        store.close()


def options(folder: Path, mails: MailServer) -> dict[str, str]:
    """A feed that knows another asset only, and the mail server."""
    path = folder / "other.csv"
    first = clock.to_milliseconds(clock.now()) - 1_000
    lines = [f"{first + number * 1_000},ethereum,{2_500 + number % 7},," for number in range(PATIENCE)]
    path.write_text("\n".join(["timestamp_ms,coin_id,price_usd,market_cap_usd,volume_24h_usd", *lines]) + "\n")
    return {"MARKET_FEED": f"replay:{path}?speed=1", "EMAIL_URL": f"smtp://127.0.0.1:{mails.port}"}


def run(storm: Storm, port: int, mails: MailServer) -> None:
    """The move, and what must follow: every page answered, every alert notified of, every mail sent once."""
    client = signed_in(storm.users[0])
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    wait_until(lambda: an_asset("ethereum").price is not None, "the feed is looked at", within=PATIENCE)
    with visiting(port, cookie) as before:
        time.sleep(BEFORE)
    with visiting(port, cookie) as meanwhile:
        quiet = an_asset("ethereum").price_at
        ticks_record([a_tick(BEYOND, clock.now())])
        started = time.monotonic()
        wait_until(lambda: left() == 0, "every alert has fired", within=PATIENCE)
        fired = time.monotonic() - started
        assert an_asset("ethereum").price_at != quiet
    wait_until(lambda: len(mails.mails) >= storm.size // 2, "every mail is sent", within=PATIENCE)
    sent = time.monotonic() - started
    told = f"{storm.size} alerts fired in {fired:.0f} s, mails sent in {sent:.0f} s"
    logger.info("%s; pages before: %s; meanwhile: %s", told, before, meanwhile)
    storm.check()
    assert len(mails.mails) == len(set(map(message_id, mails.mails))) == storm.size // 2
    assert set(before.statuses) == set(meanwhile.statuses) == {200}


def left() -> int:
    """How many alerts the row of the series says are armed."""
    return sum(series_by_asset(["bitcoin"])["bitcoin"].counts.values())


def message_id(mail: bytes) -> bytes:
    (line,) = (line for line in mail.splitlines() if line.startswith(b"Message-ID:"))
    return line
