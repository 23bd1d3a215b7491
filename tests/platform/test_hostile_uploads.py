"""Users who send files made to hurt take neither memory nor time from those who send plain ones."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import urllib3

from budgets.domain.categories import CATEGORIES
from core.accounts.domain import User
from core.storage import open_store, using
from tests.budgets import hostile_files as hostile
from tests.budgets.builders import spent
from tests.budgets.receipt_files import a_pdf, a_picture
from tests.builders import a_user, an_api_key
from tests.platform.processes import Site, environment, running
from tests.platform.trees import MemoryWatch, is_running, memory_mb, tree
from tests.waiting import wait_until

pytestmark = [
    pytest.mark.services,
    pytest.mark.skipif(sys.platform != "linux", reason="memory is limited, and counted, on Linux alone"),
]

AT_ONCE, MEMORY_MB, SECONDS = 2, 256, 2
ROUNDS = 3
OF_THE_SITE_MB = 200
"""What the site itself may grow by meanwhile: bodies of requests, rows of imports."""
LIMITS = {"limit_memory", "limit_processor_time", "limit_unpacked"}
HOSTILE: list[Callable[[], bytes]] = [
    lambda: hostile.a_picture_of_scans(80_000),
    lambda: hostile.a_pdf_of_numbers(9),
    lambda: hostile.a_pdf_of_numbers(5, 10),
    lambda: hostile.a_pdf_of_places(60),
    lambda: hostile.a_progressive_picture(16_000, 12_000),
]
BANK_FILE = b"Date,Amount,Text\n2026-01-20,-3.50,Tea\n2026-01-21,-1.20,Milk\n"


@dataclass(frozen=True)
class Person:
    """Somebody with a key, and an expense to which receipts are sent."""

    port: int
    key: str
    expense_id: str

    def send(self, path: str, method: str, content: bytes, **said: str) -> urllib3.BaseHTTPResponse:
        """The answer to a file."""
        return urllib3.request(
            method,
            f"http://127.0.0.1:{self.port}/api/v1/expenses/{path}",
            headers={"Authorization": f"Bearer {self.key}"},
            fields={"file": ("file", content), **said},
            timeout=300,
            retries=False,
        )

    def receipt(self, content: bytes) -> urllib3.BaseHTTPResponse:
        """The answer to a receipt."""
        return self.send(f"{self.expense_id}/receipt/", "PUT", content)

    def bank_file(self, content: bytes) -> urllib3.BaseHTTPResponse:
        """The answer to a bank file."""
        return self.send("imports/", "POST", content, spending="negative")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the data is."""
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def site(folder: Path) -> Iterator[Site]:
    """A running site with tight limits, and time to wait."""
    options = {
        "FILES_AT_ONCE": str(AT_ONCE),
        "FILE_MEMORY_MB": str(MEMORY_MB),
        "FILE_PROCESSOR_SECONDS": str(SECONDS),
        "FILE_WAIT_SECONDS": "240",
    }
    # the polite one uploads more bank files than one may have open
    with running(folder, OPEN_IMPORTS_PER_USER="100000", **options) as started:
        yield started


def people(site: Site, folder: Path, *names: str) -> list[Person]:
    """Users of the running site."""
    opened = open_store(environment(folder)["DATASTORE_URL"])

    def person(user: User) -> Person:
        return Person(site.port, an_api_key(user), spent(user, category=CATEGORIES[0]).expense_id)

    try:
        with using(opened):
            return [person(a_user(name)) for name in names]
    finally:
        opened.close()


def test_memory_stays_bounded_the_hostile_are_refused_and_the_polite_served(site: Site, folder: Path) -> None:
    *bad, polite = people(site, folder, *(f"mallory{number}" for number in range(len(HOSTILE))), "alice")
    assert polite.receipt(a_picture()).status == 200
    before, answers, over = memory_mb(site.process.pid), [], threading.Event()

    def attack(person: Person, content: bytes) -> list[Any]:
        return [person.receipt(content).json()["code"] for _ in range(ROUNDS)]

    def be_polite() -> None:
        while not over.is_set():
            answers.append(polite.receipt(a_picture()).status)
            answers.append(polite.receipt(a_pdf()).status)
            answers.append(polite.bank_file(BANK_FILE).status)

    meanwhile = threading.Thread(target=be_polite)
    with MemoryWatch(site.process.pid) as watch, ThreadPoolExecutor(len(bad)) as pool:
        meanwhile.start()
        codes = [code for each in pool.map(attack, bad, (make() for make in HOSTILE)) for code in each]
        over.set()
        meanwhile.join()
    assert len(codes) == ROUNDS * len(HOSTILE)
    assert set(codes) <= LIMITS
    assert len(set(codes)) == len(LIMITS)
    assert len(answers) >= 3
    assert set(answers) == {200, 201}
    assert watch.most < before + AT_ONCE * MEMORY_MB + OF_THE_SITE_MB
    wait_until(lambda: memory_mb(site.process.pid) < before + OF_THE_SITE_MB)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_running_when_the_site_ends(end: signal.Signals, site: Site, folder: Path) -> None:
    (mallory,) = people(site, folder, "mallory")
    content = hostile.a_pdf_of_numbers(9)
    upload = threading.Thread(target=lambda: _fails_with_the_site(lambda: mallory.receipt(content)))
    upload.start()
    wait_until(lambda: len(tree(site.process.pid)) >= 3)  # the site, the template, a child
    started = tree(site.process.pid)
    site.process.send_signal(end)
    site.process.wait(60)
    upload.join()
    wait_until(lambda: not any(is_running(each) for each in started))
    assert site.process.returncode in (0, -end)


def _fails_with_the_site(call: Callable[[], object]) -> None:
    try:
        call()
    except urllib3.exceptions.HTTPError:
        return
