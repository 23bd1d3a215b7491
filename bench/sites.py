"""Two sites in processes of their own: the product with a book to show, and a plain Django project beside it."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryFile

import urllib3

from alerts.domain.conditions import PriceCondition
from alerts.domain.terms import AlertDraft, Terms
from alerts.routing import usual
from alerts.services import alert_create
from core import ids
from core.accounts.domain import User
from core.accounts.services import user_sign_up
from core.storage import open_store, using
from cryptopulse import sample
from cryptopulse.options import ALL
from cryptopulse.start_up import prepare
from market.selectors import assets_listed
from market.triggers.crossing import Operator
from tests.ports import free_port
from tests.servers.running import redis

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
USERNAME, PASSWORD = "bench", "a-long-enough-passphrase"
ROWS = 25
"""Of the list pages that are compared."""
UVICORN = [sys.executable, "-m", "uvicorn"]
QUIETLY = ["--log-level", "error", "--no-access-log", "--lifespan", "off"]
UNLIMITED = "1000000"


@contextmanager
def product(folder: Path) -> Iterator[list[int]]:
    """The port of the whole product in one process: web, worker, schedule, the simulated market.

    Its store is a file in which the user USERNAME has the trades of the sample data and 25 alerts.
    """
    options, port = _prepared(folder), free_port()
    with _running([sys.executable, "manage.py", "serve", "--port", str(port)], options, _health(port)):
        yield [port]


@contextmanager
def product_in_parts(folder: Path) -> Iterator[list[int]]:
    """The ports of two web processes, with worker and schedule beside them, on such a file and a Redis."""
    ports = [free_port(), free_port()]
    celery = [sys.executable, "-m", "celery", "-A", "cryptopulse"]
    with ExitStack() as stack:
        options = _prepared(folder) | {"REDIS_URL": stack.enter_context(redis())}
        for port in ports:
            web = [*UVICORN, "cryptopulse.asgi:application", "--port", str(port), *QUIETLY]
            stack.enter_context(_running(web, options, _health(port)))
        worker = [*celery, "worker", "--pool", "threads", "--concurrency", "8", "--loglevel", "error"]
        stack.enter_context(_running(worker, options))
        stack.enter_context(_running([*celery, "beat", "--loglevel", "error"], options))
        yield ports


@contextmanager
def orm_site(folder: Path, *, processes: int) -> Iterator[list[int]]:
    """The ports of a plain Django project on uvicorn with the ORM on SQLite: one list page, of 25 rows."""
    options = {"DJANGO_SETTINGS_MODULE": "bench.orm_site.settings", "ORM_SITE_FILE": str(folder / "orm.sqlite3")}
    filling = [sys.executable, "-m", "bench.orm_site.filling", USERNAME, PASSWORD, str(ROWS)]
    subprocess.run(filling, cwd=ROOT, env={**os.environ, **options}, check=True, timeout=PATIENCE)
    ports = [free_port() for _ in range(processes)]
    with ExitStack() as stack:
        for port in ports:
            command = [*UVICORN, "bench.orm_site.asgi:application", "--port", str(port), *QUIETLY]
            stack.enter_context(_running(command, options, f"http://127.0.0.1:{port}/sign-in/"))
        yield ports


def has_redis() -> bool:
    """Whether the product can run in parts here."""
    return shutil.which("redis-server") is not None


def _prepared(folder: Path) -> dict[str, str]:
    """Options of a product on a file with somebody's book."""
    url = f"sqlite:///{folder / 'product.sqlite3'}"
    store = open_store(url)
    try:
        with using(store):
            prepare()
            _fill(user_sign_up(USERNAME, f"{USERNAME}@example.com", PASSWORD, account="empty"))
    finally:
        store.close()
    return {
        **{option.name: option.default for option in ALL},
        "DATASTORE_URL": url,
        "PRIVATE_FILES_URL": f"file://{folder / 'files'}",
        "SECRET_KEY": "only-for-measuring-" + "x" * 40,
        "EMAIL_URL": "memorymail://",
        "LOG_LEVEL": "ERROR",
        "API_REQUESTS_PER_MINUTE": UNLIMITED,
        "API_VISITOR_REQUESTS_PER_MINUTE": UNLIMITED,
        "API_SIGN_INS_PER_MINUTE": UNLIMITED,
        "DJANGO_SETTINGS_MODULE": "cryptopulse.settings",
    }


def _health(port: int) -> str:
    return f"http://127.0.0.1:{port}/healthz"


def _fill(user: User) -> None:
    """The sample's trades and alerts, and more alerts out of reach, 25 in all."""
    sample.fill(user)
    priced = [asset for asset in assets_listed() if asset.price is not None]
    for number in range(ROWS - len(sample.LEVELS)):
        asset = priced[number % len(priced)]
        threshold = (asset.price or Decimal(1)) * (5 + number)
        alert_create(
            user,
            alert_id=ids.new_id(),
            draft=AlertDraft(
                asset.asset_id,
                Terms(PriceCondition(Operator.ABOVE, threshold.quantize(Decimal("0.01"))), channels=usual()),
            ),
        )


@contextmanager
def _running(command: Sequence[str], options: Mapping[str, str], address: str = "") -> Iterator[None]:
    """The process, answering at the address, if it has one, before the body runs; gone after it.

    Raises RuntimeError when it does not come up.
    """
    with (
        TemporaryFile("w+") as log,
        subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **options}, stdout=subprocess.DEVNULL, stderr=log
        ) as process,
    ):
        try:
            if address and not _came_up(process, address):
                log.seek(0)
                raise RuntimeError(f"a site did not come up: {log.read()[-2000:]}")
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _came_up(process: subprocess.Popen[bytes], address: str) -> bool:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib3.request("GET", address, retries=False, timeout=2)
        except urllib3.exceptions.HTTPError:
            time.sleep(0.1)
        else:
            return True
    return False
