"""What a move of a price costs while few or very many alerts are armed."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import time_machine

from bench.loading import ASSET, START, STEP, load
from bench.report import Aim, Section, milliseconds, ratio
from bench.timing import Timing, taking_turns
from core import clock, wiring
from core.storage import Store, store, using
from core.storage.sqlite import FileConnections, MemoryConnection, SqliteBackend
from market.domain import Tick
from market.repositories.ticks import tick_put
from market.triggers.engine import look

COUNTS = (1_000, 100_000, 1_000_000)
QUICK_COUNTS = (1_000, 10_000)
FIRING = 10
WARM_UP = 5
APART = timedelta(seconds=6)
"""Between moves, so that none finds the ones before it still kept for the sake of indexes that lag."""
BEGUN = datetime(2026, 2, 1, tzinfo=UTC)
MOST = 1.2


def measure(quick: bool) -> Section:
    """In memory and on a file; stores with few and with many alerts take turns, move by move."""
    counts, moves = (QUICK_COUNTS, 10) if quick else (COUNTS, 60)
    rows: list[tuple[str, ...]] = []
    aims: list[Aim] = []
    with TemporaryDirectory(prefix="bench-") as folder, ExitStack() as stack:
        on_file = {count: stack.enter_context(armed(Path(folder), count, moves + WARM_UP)) for count in counts}
        in_memory = {count: stack.enter_context(copied(Path(folder) / _name(count))) for count in counts}
        for where, stores in (("memory", in_memory), ("file", on_file)):
            found = timed_moves(stores, moves)
            few = found[counts[0]].median
            rows.extend(_row(where, count, found[count], few) for count in counts)
            what = f"A move in {where} at {counts[-1]:,} armed alerts against {counts[0]:,}"
            aims.append(Aim(what, found[counts[-1]].median / few, MOST, "times"))
    return Section(
        "A move of a price while many alerts are armed",
        f"All alerts are armed on one asset. Each move makes {FIRING} of them fire, of different users where there are "
        "enough: from the row of the tick, which is there already, to all claimed, each in a transaction with its "
        f"history and its notification. {moves} moves, {APART.total_seconds():g} s of the site's clock apart; stores "
        "with few and with many alerts take turns.",
        ("Where and how many are armed", "Median", "p95", "Shortest", "Median against the fewest"),
        tuple(rows),
        tuple(aims),
    )


def timed_moves(stores: Mapping[int, Store], moves: int) -> dict[int, Timing]:
    """Times of the look at each store that a move makes necessary, by the number of alerts armed."""
    by_name = {str(count): store for count, store in stores.items()}
    with time_machine.travel(BEGUN) as traveller:

        def tick(name: str, number: int) -> None:
            traveller.move_to(BEGUN + (number + 1) * APART)
            with using(by_name[name]):
                _price(START + (number + 1) * FIRING * STEP)

        def move(store: Store) -> None:
            with using(store):
                done = look(ASSET)
            if done.fired != FIRING:
                raise RuntimeError(f"{done.fired} alerts fired where {FIRING} should")

        for store in stores.values():
            with using(store):
                _price(START)
                look(ASSET)
        calls = {name: lambda _, store=store: move(store) for name, store in by_name.items()}
        found = taking_turns(calls, rounds=moves, warm_up=WARM_UP, before=tick)
    return {int(name): timing for name, timing in found.items()}


@contextmanager
def armed(folder: Path, count: int, moves: int) -> Iterator[Store]:
    """A store on a file with this many armed alerts, of which enough are near for the moves."""
    path = folder / _name(count)
    store = Store(SqliteBackend(FileConnections(path)))
    try:
        store.create_tables(wiring.tables())
        load(store, path, count=count, near=moves * FIRING)
        yield store
    finally:
        store.close()


@contextmanager
def copied(path: Path) -> Iterator[Store]:
    """The same in memory."""
    memory, file = MemoryConnection(), FileConnections(path)
    with file.reading() as source, memory.reading() as target:
        source.backup(target)
    file.close()
    store = Store(SqliteBackend(memory))
    try:
        yield store
    finally:
        store.close()


def _name(count: int) -> str:
    return f"{count}.sqlite3"


def _price(price: Decimal) -> None:
    now = clock.now()
    store().write(tick_put(Tick.lone(ASSET, now, price, "bench"), now))


def _row(where: str, count: int, found: Timing, few: float) -> tuple[str, ...]:
    times = (milliseconds(seconds) for seconds in (found.median, found.p95, found.least))
    return f"{where}: {count:,}", *times, ratio(found.median / few)
