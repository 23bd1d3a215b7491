"""Eight clients do what harm the default limits let through, while a ninth opens pages and notices next to nothing.

The same clients send the same number of polite requests in the windows between, so that one machine is compared with
itself. The site is a real one on a file.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import override_settings

from core.storage import open_store, using
from cryptopulse import sample
from cryptopulse.options import ALL
from cryptopulse.settings import PASSWORD_HASHERS as REAL_PASSWORD_HASHERS
from cryptopulse.start_up import prepare
from tests.budgets.builders import spent
from tests.builders import PASSWORD, a_user, an_api_key
from tests.load.abuse import Behaviour, Book, behaviours
from tests.load.sending import Client
from tests.load.watching import Visitor, Watch
from tests.load.windows import SECONDS, Side, window
from tests.platform.processes import Site, environment, manage, running

pytestmark = [pytest.mark.services, pytest.mark.load]

PAIRS = 4
"""Windows of each mood, by turns, so that what drifts falls on both."""
PAGES_WANTED = 40
"""Pages that the ninth opens within a window, which is longer where the machine is slow, but at most three times."""
MOST_STRETCH = 3.0
TIMES_AS_LONG = 2.0
LONGEST = 10.0
"""Seconds that a page of the ninth may take."""
MOST_MEMORY = 1024**3
"""Bytes that hostile clients may make the site hold above what polite ones do."""
POLL_SECONDS = float(next(option.default for option in ALL if option.name == "MARKET_POLL_SECONDS"))
VISITOR = "ninth"
MEMBERS = [f"member{number}" for number in range(6)]
SERVER_FAULT = 500
LAST_WORDS = 3_000
"""Characters of the end of the site's log, which says what kept it from ending."""
ENDS_WITHIN = 30
"""Seconds, of which the site gives 5 to requests under way."""


@dataclass(repr=False)
class Journey:
    """What was seen, and how it ended."""

    polite: Side
    hostile: Side
    failures: list[str]
    exit_status: int | None
    reconciled: tuple[int, str]
    said: str

    def __repr__(self) -> str:
        return f"\npolite: {self.polite}\nhostile: {self.hostile}\nfailures: {self.failures[:5]}\n"


@pytest.fixture(scope="module")
def journey() -> Iterator[Journey]:
    """The whole journey, once for all that is asked of it."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        env = environment(Path(folder), MARKET_POLL_SECONDS=f"{POLL_SECONDS:g}")
        stack.enter_context(override_settings(PASSWORD_HASHERS=REAL_PASSWORD_HASHERS))
        store = open_store(env["DATASTORE_URL"])
        stack.callback(store.close)
        stack.enter_context(using(store))
        book, keys = furnished()
        # printed, mails would fill the pipe that nobody reads here
        options = {"MARKET_POLL_SECONDS": env["MARKET_POLL_SECONDS"], "EMAIL_URL": f"filemail://{folder}/mail"}
        with running(Path(folder), **options) as site:
            polite, hostile, failures = walked(site, book, keys)
            exit_status = ended(site)
        checked = manage("reconcile", env=env)
        said = (Path(folder) / "log").read_text()[-LAST_WORDS:]
        yield Journey(
            polite, hostile, failures, exit_status, (checked.returncode, checked.stdout + checked.stderr), said
        )


def furnished() -> tuple[Book, list[str]]:
    """The ninth with something to look at, members who may sign in, and eight users with a key each."""
    prepare()
    sample.fill(a_user(VISITOR))
    for name in MEMBERS:
        a_user(name)
    users = [a_user(f"client{number}") for number in range(8)]
    book = Book(spent(users[0]).expense_id, spent(users[1]).expense_id, MEMBERS)
    return book, [an_api_key(user) for user in users]


def walked(site: Site, book: Book, keys: list[str]) -> tuple[Side, Side, list[str]]:
    """What was seen by turns beside polite and beside hostile clients, and what failed for the ninth."""
    polite, hostile = Side(), Side()
    clients: list[tuple[Behaviour, Client]] = [
        (behaviour, Client(site.port, f"127.0.0.{number + 2}", keys[number] if behaviour.with_key else ""))
        for number, behaviour in enumerate(behaviours(book))
    ]
    visitor, watch = Visitor(site, VISITOR, PASSWORD), Watch(site)
    with watch.running():
        window(visitor, watch, clients, warm := Side(), hostile=False)
        seconds = SECONDS * min(MOST_STRETCH, max(1.0, PAGES_WANTED / warm.pages))
        for _ in range(PAIRS):
            window(visitor, watch, clients, polite, hostile=False, seconds=seconds)
            window(visitor, watch, clients, hostile, hostile=True, seconds=seconds)
            if visitor.failures:
                break
    visitor.close()
    for _, client in clients:
        client.close()
    return polite, hostile, visitor.failures


def ended(site: Site) -> int | None:
    """The status with which it ends when it is told to; None where it does not, and is killed."""
    site.process.terminate()
    try:
        return site.process.wait(ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        site.kill()
        return None


def test_pages_take_at_most_twice_as_long_as_beside_polite_clients(journey: Journey) -> None:
    assert journey.polite.requests == journey.hostile.requests
    assert journey.hostile.typical <= TIMES_AS_LONG * journey.polite.typical, journey


def test_no_page_fails_or_keeps_the_ninth_waiting(journey: Journey) -> None:
    assert journey.failures == [], journey
    assert max(journey.polite.slowest, journey.hostile.slowest) < LONGEST, journey


def test_prices_stay_fresh(journey: Journey) -> None:
    assert len(journey.hostile.ages) > len(journey.polite.ages) / 2, journey
    assert max(journey.hostile.ages) <= 2 * POLL_SECONDS, journey


def test_memory_stays_bounded(journey: Journey) -> None:
    assert journey.hostile.memory < journey.polite.memory + MOST_MEMORY, journey


def test_whatever_was_sent_is_no_fault_of_the_site(journey: Journey) -> None:
    assert not [name for name, answers in journey.hostile.answers.items() if SERVER_FAULT in answers], journey
    assert not [name for name, answers in journey.polite.answers.items() if set(answers) - {200, 201, 204}], journey


def test_it_ends_well_and_all_agrees_afterwards(journey: Journey) -> None:
    assert journey.exit_status == 0, journey.said
    assert journey.reconciled[0] == 0, journey.reconciled[1]
