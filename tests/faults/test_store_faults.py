"""A store that throttles, breaks, hangs up before and after the work, and does batches by half, while people trade."""

import os
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMessage
from pytest_django.fixtures import Settings

from core import wiring
from core.accounts.selectors import user_get
from core.agreement import reconcile
from core.storage import Store, open_store, using
from tests import servers
from tests.builders import proved
from tests.faults import afterwards
from tests.faults.in_process import Web, Worker
from tests.faults.people import Crowd, Person
from tests.faults.proxy import FAULTS, FaultyServer, faulty_server
from tests.market.builders import an_asset
from tests.waiting import wait_until

pytestmark = pytest.mark.services

FAULT_SECONDS = float(os.environ.get("FAULT_SECONDS", "15"))
FAULT_SEED = int(os.environ.get("FAULT_SEED", secrets.randbelow(10**6)))
DRAIN_SECONDS = 120
LEAST_WISHES = 30


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyServer]:
    """A native server behind a proxy; without faults at first."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "any")
    with servers.native() as endpoint, faulty_server(endpoint, FAULT_SEED) as server:
        yield server


@pytest.fixture(autouse=True)
def short_budgets(settings: Settings) -> None:
    """Short leases, and no limit on what is done."""
    settings.DELIVERY_LEASE_SECONDS = 1
    settings.ALERTS_PER_USER = 100_000
    settings.DEPOSIT_DAILY_LIMIT = settings.WITHDRAWAL_DAILY_LIMIT = 1_000_000


@pytest.mark.parametrize(("percent", "retry_seconds"), [(10, 0.0), (25, 0.3)])
def test_nothing_is_lost_or_done_twice(
    request: pytest.FixtureRequest,
    settings: Settings,
    faulty: FaultyServer,
    mailoutbox: list[EmailMessage],
    percent: int,
    retry_seconds: float,
) -> None:
    store = open_store(f"dynamodb://eu-central-1?endpoint={faulty.url}")
    request.addfinalizer(store.close)
    store.create_tables(wiring.tables())
    settings.STORE_RETRY_SECONDS = retry_seconds  # few tries inside, so that failures reach people
    clean = open_store(f"dynamodb://eu-central-1?endpoint={faulty.behind}")
    request.addfinalizer(clean.close)
    web, worker = Web(clean), Worker(FAULT_SEED)
    people = [Person(name, web.speaker(name), FAULT_SEED) for name in ("alice", "bob", "carol")]
    with using(store):
        an_asset("bitcoin", price="100")
        an_asset("ethereum", price="9")
        for person in people:
            person.sign_up()
            proved(user_get(person.username))
        live(faulty, people, worker, percent)
        for person in people:
            person.pause_all()
        wait_until(lambda: is_drained(worker, store), "nothing waits", within=DRAIN_SECONDS)
        check(store, people, mailoutbox)
    told = len(afterwards.firings(store))
    print(  # noqa: T201 - shown by pytest -s and where the test fails
        f"\nseed {FAULT_SEED}, {percent} %: {dict(faulty.injected)}; {sum(p.done.count for p in people)} wishes done; "
        f"answers {dict(web.statuses)}, of the 503 {dict(web.said)}; tasks failed {dict(worker.failures)}; {told} told"
    )
    assert web.false_answers == []
    assert web.statuses[500] == 0
    assert retry_seconds or web.said["nothing"] > 0
    assert told > 0
    assert set(faulty.injected) == {fault.__name__ for fault in FAULTS}


def live(faulty: FaultyServer, people: list[Person], worker: Worker, percent: int) -> None:
    """For FAULT_SECONDS, or longer where the machine is slow: until enough was done and every fault was met."""

    def enough() -> bool:
        return sum(person.done.count for person in people) >= LEAST_WISHES and len(faulty.injected) == len(FAULTS)

    faulty.percent = percent
    try:
        with worker, Crowd(people):
            time.sleep(FAULT_SECONDS)
            wait_until(enough, f"much was done: {faulty.injected}", within=240)
    finally:
        faulty.percent = 0


def is_drained(worker: Worker, store: Store) -> bool:
    """Whether nothing waits after one more turn of the worker."""
    worker.turn(moving=False)
    return afterwards.nothing_waits(store)


def check(store: Store, people: list[Person], mails: list[EmailMessage]) -> None:
    """All is there once, all that was told was mailed, and all agrees."""
    afterwards.everything_acknowledged_is_there_once(store, people)
    sent = Counter(mail.extra_headers["Message-ID"].strip("<>").partition("@")[0] for mail in mails)
    afterwards.every_firing_was_mailed(store, sent)
    assert [str(each) for each in reconcile(store, pauses=()).disagreements] == []
