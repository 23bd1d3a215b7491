"""The embedded store against plain sqlite3."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.plain_sqlite import PlainSqlite
from bench.report import Aim, Section, microseconds, ratio
from bench.rows import ORDERS, key, order
from bench.timing import Call, Timing, taking_turns
from core.storage import KeyCondition, Put, Query, Store, open_store
from core.storage.codec import encode_item

T = TypeVar("T")

READER, WRITER = "alice", "bob"
STORED = 500
"""Orders of the user who is read."""
IN_A_TRANSACTION = 5
ROWS_OF_A_QUERY = 25
MOST_READ, MOST_WRITE = 5, 2
OURS, PLAIN = "ours", "plain"

Place = Callable[[Path], AbstractContextManager["Sides"]]
"""Opens both sides in a folder."""

Contest = tuple[str, Mapping[str, Call], int]
"""What is done, who does it, and in how many rounds."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The store and the plain table, with the same rows."""

    store: Store
    plain: PlainSqlite

    def contests(self, rounds: int) -> list[Contest]:
        """What is measured, reads first."""
        newest = Query(ORDERS, KeyCondition("username").eq(READER), limit=ROWS_OF_A_QUERY, descending=True)
        keys = [key(READER, number) for number in range(STORED)]
        items = [order(WRITER, number) for number in range(IN_A_TRANSACTION * (rounds + _warm_up(rounds)))]
        typed = [encode_item(item) for item in items]

        def ours_read(number: int) -> object:
            return self.store.get(ORDERS, keys[number % STORED])

        def plain_read(number: int) -> object:
            return self.plain.get(READER, keys[number % STORED]["order_id"])

        def ours_write(number: int) -> None:
            self.store.put(ORDERS, items[number])

        def plain_write(number: int) -> None:
            self.plain.put(typed[number])

        def ours_transaction(number: int) -> None:
            self.store.transact_write([Put(ORDERS, item) for item in _five(items, number)])

        def plain_transaction(number: int) -> None:
            self.plain.transaction(_five(typed, number))

        return [
            ("get", {OURS: ours_read, PLAIN: plain_read}, rounds),
            (
                f"query of {ROWS_OF_A_QUERY} rows",
                {
                    OURS: lambda _: self.store.query(newest),
                    PLAIN: lambda _: self.plain.query(READER, ROWS_OF_A_QUERY),
                },
                rounds // 4,
            ),
            ("put", {OURS: ours_write, PLAIN: plain_write}, rounds),
            (f"transaction of {IN_A_TRANSACTION}", {OURS: ours_transaction, PLAIN: plain_transaction}, rounds // 2),
        ]


def measure(quick: bool) -> Section:
    """In memory and on a file, on both sides with the durability that the product has."""
    rounds = 200 if quick else 4_000
    rows: list[tuple[str, ...]] = []
    ratios: dict[tuple[str, str], float] = {}
    with TemporaryDirectory(prefix="bench-") as folder:
        for where, opened in _PLACES.items():
            with opened(Path(folder)) as sides:
                for what, calls, times in sides.contests(rounds):
                    found = taking_turns(calls, rounds=times, warm_up=_warm_up(times))
                    ratios[where, what] = found[OURS].median / found[PLAIN].median
                    rows.append(_row(where, what, found, ratios[where, what]))
    reads = [value for (_, what), value in ratios.items() if what.startswith(("get", "query"))]
    writes = [value for (where, what), value in ratios.items() if where == "file" and what.startswith(("put", "trans"))]
    return Section(
        "Embedded store against plain sqlite3",
        "The same rows as the same JSON text, by key, with one index, in WAL mode with `synchronous=FULL`: every write "
        "of a file is on the disk before the call returns. The plain side parses and writes the JSON and does no more: "
        "no types, conditions, limits or units. Medians; p95 in brackets.",
        ("Where and what", "Ours", "Plain sqlite3", "Ratio"),
        tuple(rows),
        (
            Aim("Embedded read against plain sqlite3, the worst", max(reads), MOST_READ, "times"),
            Aim("Durable embedded write against plain sqlite3, the worst", max(writes), MOST_WRITE, "times"),
        ),
    )


@contextmanager
def in_memory(folder: Path) -> Iterator[Sides]:
    """Both sides in memory."""
    with _sides("memory://", ":memory:") as sides:
        yield sides


@contextmanager
def on_file(folder: Path) -> Iterator[Sides]:
    """Both sides on a file of their own in the folder."""
    with _sides(f"sqlite:///{folder / 'ours.sqlite3'}", str(folder / "plain.sqlite3")) as sides:
        yield sides


@contextmanager
def _sides(url: str, path: str) -> Iterator[Sides]:
    store, plain = open_store(url), PlainSqlite(path)
    try:
        store.create_tables([ORDERS])
        store.load(ORDERS, (order(READER, number) for number in range(STORED)))
        plain.transaction([encode_item(order(READER, number)) for number in range(STORED)])
        yield Sides(store, plain)
    finally:
        store.close()
        plain.close()


def _row(where: str, what: str, found: Mapping[str, Timing], times: float) -> tuple[str, ...]:
    ours, plain = (f"{microseconds(found[side].median)} ({microseconds(found[side].p95)})" for side in (OURS, PLAIN))
    return f"{where}: {what}", ours, plain, ratio(times)


def _warm_up(rounds: int) -> int:
    return rounds // 10


def _five(rows: list[T], number: int) -> list[T]:
    return rows[IN_A_TRANSACTION * number : IN_A_TRANSACTION * (number + 1)]


_PLACES: dict[str, Place] = {"memory": in_memory, "file": on_file}
