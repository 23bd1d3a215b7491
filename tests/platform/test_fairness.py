"""One user who writes as fast as the default limits allow holds up nobody's prices, events or pages."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from core import clock
from tests.platform.processes import Site, running

pytestmark = pytest.mark.services

POLL_SECONDS = 5.0
BURST_SECONDS = 20.0
WRITERS = 8
PASSWORD = "a passphrase of some length"


def signed_up(site: Site, name: str) -> str:
    """The key of a new user."""
    account = {"username": name, "email": f"{name}@example.com", "password": PASSWORD}
    assert site.post("/api/v1/auth/register/", account)[0] == 201
    status, key = site.post("/api/v1/auth/token/", {"username": name, "password": PASSWORD})
    assert status == 201
    return str(key["token"])


@contextmanager
def writing(site: Site, token: str) -> Iterator[list[int]]:
    """Expenses are written as fast as the site takes them, while this lasts; the statuses of the answers."""
    over = threading.Event()
    statuses: list[int] = []

    def write() -> None:
        while not over.is_set():
            expense = {"amount": "3.50", "category": "Food & Dining", "merchant": "Corner Grocery"}
            statuses.append(site.post("/api/v1/expenses/", expense, token)[0])

    with ThreadPoolExecutor(WRITERS) as threads:
        writers = [threads.submit(write) for _ in range(WRITERS)]
        try:
            yield statuses
        finally:
            over.set()
            for writer in writers:
                writer.result()


def price_age(site: Site) -> float:
    """Seconds since the newest price."""
    _, prices = site.get("/api/v1/prices/?assets=bitcoin")
    [item] = prices["items"]
    return (clock.now() - datetime.fromisoformat(item["at"])).total_seconds()


def test_prices_stay_fresh_and_events_are_handled_beside_one_who_writes_without_a_pause(tmp_path: Path) -> None:
    with running(tmp_path, MARKET_POLL_SECONDS=str(POLL_SECONDS)) as site:
        token = signed_up(site, "alice")
        time.sleep(2 * POLL_SECONDS)  # the first prices are those of the preparation
        ages: list[float] = []
        with writing(site, token) as statuses:
            ends = time.monotonic() + BURST_SECONDS
            while time.monotonic() < ends:
                ages.append(price_age(site))
                time.sleep(0.2)
        ends = time.monotonic() + 2 * POLL_SECONDS
        while time.monotonic() < ends:
            ages.append(price_age(site))
            time.sleep(0.2)
        report = site.get("/readyz")[1]
        site.stop()
    assert statuses.count(201) > 10 * BURST_SECONDS
    assert set(statuses) <= {201, 429}
    assert max(ages) <= 2 * POLL_SECONDS
    assert report["schedule"]["ok"]
    assert report["outbox"]["ok"]
