"""How many rows of a bank's file are imported in a second."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import servers_here
from bench.bare_boto3 import REGION
from bench.report import Section
from bench.timing import collector_at_rest
from budgets.domain.importing.layout import LayoutDraft
from budgets.domain.importing.record import Choices, Status
from budgets.selectors.imports import import_get
from budgets.services import imports
from core import wiring
from core.accounts.domain import User
from core.accounts.repositories.users import user_item
from core.accounts.tables import USERS
from core.ids import new_id
from core.storage import Store, open_store, using

ROWS, QUICK_ROWS = 5_000, 200
FIRST_DAY = date(2025, 1, 1)
DAYS = 365
PREFIX = "Imports_"
OWNER = User("alice", "alice@example.com")
HEAD = "Date,Payee,Memo,Amount\n"


@dataclass(frozen=True, slots=True)
class Speeds:
    """Rows in a second: of the upload up to the preview, of adding them, and of taking them away again."""

    preview: float
    adding: float
    undoing: float


def measure(quick: bool) -> Section:
    """In memory, on a file, and on a native server if there is one."""
    rows = QUICK_ROWS if quick else ROWS
    table: list[tuple[str, ...]] = []
    with TemporaryDirectory(prefix="bench-") as folder:
        table.append(_row("memory", speeds("memory://", rows)))
        table.append(_row("file", speeds(f"sqlite:///{Path(folder)}/imports.sqlite3", rows)))
    missing = ""
    if servers_here.has_native():
        with servers_here.native() as endpoint:
            address = f"dynamodb://{REGION}?prefix={PREFIX}&endpoint={endpoint}"
            table.append(_row("native server", speeds(address, rows)))
    else:
        missing = f" The server is left out: {servers_here.MISSING}."
    return Section(
        "Rows of a bank’s file in a second",
        f"A CSV of {rows:,} payments of a year, uploaded, confirmed and undone, by one worker. The preview reads the "
        "file and asks for the mark of every row; adding writes each row as an expense and its mark, up to 44 rows in "
        "a transaction with the totals of their months and the progress, durable on the file. Events that follow are "
        f"not handled.{missing}",
        ("Where", "Preview, rows/s", "Adding, rows/s", "Undoing, rows/s"),
        tuple(table),
    )


def speeds(address: str, rows: int) -> Speeds:
    """Rows in a second on a new store at the address."""
    with _opened(address) as store, using(store), collector_at_rest():
        store.put(USERS, user_item(OWNER))
        import_id, content = new_id(), file_of(rows)
        preview = _seconds(
            lambda: imports.import_upload(
                OWNER,
                import_id=import_id,
                file_name="bank.csv",
                content=content,
                layout=LayoutDraft(spending="negative"),
            )
        )
        imports.import_confirm(OWNER, import_id, Choices())
        adding = _seconds(lambda: imports.work(OWNER.username, import_id))
        done = import_get(OWNER.username, import_id)
        imports.import_undo(OWNER, import_id)
        undoing = _seconds(lambda: imports.work(OWNER.username, import_id))
        undone = import_get(OWNER.username, import_id)
    if (done.added, undone.removed, undone.status) != (rows, rows, Status.UNDONE):
        raise RuntimeError(f"{done.added} of {rows} rows were added, and {undone.removed} taken away")
    return Speeds(rows / preview, rows / adding, rows / undoing)


def file_of(rows: int) -> bytes:
    """A bank's file of this many payments over a year."""
    lines = (
        f"{FIRST_DAY + timedelta(days=number * DAYS // rows)},Shop {number % 70},Card payment {number},"
        f"-{number % 90 + 1}.{number % 100:02d}\n"
        for number in range(rows)
    )
    return (HEAD + "".join(lines)).encode()


@contextmanager
def _opened(address: str) -> Iterator[Store]:
    store = open_store(address)
    try:
        store.create_tables(wiring.tables())
        yield store
    finally:
        store.close()


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _row(where: str, found: Speeds) -> tuple[str, ...]:
    return where, *(f"{speed:,.0f}" for speed in (found.preview, found.adding, found.undoing))
