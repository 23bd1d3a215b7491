"""A poll that is killed at any point and repeated leaves the same rows; two polls at once lose nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from core import clock
from core.storage import Item, Store, open_store, using
from market.feeds import FeedChain
from market.feeds.replay import ReplayAddress, ReplayFeed
from market.selectors import asset_get, ticks_between
from market.services import prices_poll, ticks_record
from market.tables import ASSETS, CANDLES, REALTIME_TICKS, TABLES
from tests.market.builders import START, a_file, a_tick, minutes, the_catalogue
from tests.market.faults import BusyStore, DyingStore, Killed

LINES = [f"{clock.to_text(at)},100,{105 + number},95,101,1" for number, at in enumerate(minutes(12))]
TICKS = [
    a_tick(str(100 + number), at, asset_id=asset_id)
    for asset_id in ("bitcoin", "ethereum", "AAPL")
    for number, at in enumerate(minutes(12))
]


@pytest.fixture(autouse=True)
def _an_hour_after_the_start() -> Iterator[None]:
    with time_machine.travel(START + timedelta(hours=1), tick=False):
        yield


def rows(store: Store) -> dict[str, list[Item]]:
    """Every row of the market, in an order of its own."""
    return {
        table.name: sorted(store.dump(table), key=lambda row: sorted(map(repr, row.items())))
        for table in (ASSETS, REALTIME_TICKS, CANDLES)
    }


def in_a_store_of_its_own(work: Callable[[], object]) -> dict[str, list[Item]]:
    """The rows that the work leaves on the catalogue when nothing disturbs it."""
    calm = open_store("memory://")
    calm.create_tables(TABLES)
    with using(calm):
        the_catalogue()
        work()
        return rows(calm)


@pytest.mark.parametrize("is_written", [False, True])
def test_killed_at_any_write_and_repeated(store: Store, tmp_path: Path, is_written: bool) -> None:
    bars = a_file(tmp_path, "bars.csv", "timestamp,open,high,low,close,volume", *LINES)
    feed = FeedChain(
        tuple(ReplayFeed(ReplayAddress(bars, asset_id), poll_seconds=5) for asset_id in ("bitcoin", "ethereum", "AAPL"))
    )
    expected = in_a_store_of_its_own(lambda: prices_poll(feed))
    the_catalogue()
    survived = False
    kills = 0
    while not survived:
        try:
            with using(DyingStore(store, at_write=kills, is_written=is_written)):
                prices_poll(feed)
            survived = True
        except Killed:
            kills += 1

    # Four transactions of ticks, two batches of candles and the assets' transaction: killed once at each.
    assert kills == 7
    assert rows(store) == expected


def test_a_reader_finds_no_gap_between_an_assets_ticks_wherever_it_was_killed(store: Store) -> None:
    the_catalogue()
    for kills in range(7):
        with pytest.raises(Killed), using(DyingStore(store, at_write=kills, is_written=True)):
            ticks_record(TICKS)

        for asset_id in ("bitcoin", "ethereum", "AAPL"):
            found = ticks_between(asset_id, 0)
            assert found == [tick for tick in TICKS if tick.asset_id == asset_id][: len(found)]


def test_a_price_written_meanwhile_is_not_overwritten(store: Store) -> None:
    the_catalogue()
    later = a_tick("11", START + timedelta(minutes=1))

    with using(BusyStore(store, lambda: ticks_record([later]))):
        result = ticks_record([a_tick("10")])

    assert result.refused == {"late": 1}
    assert asset_get("bitcoin").price == Decimal(11)


def test_a_tick_after_one_written_meanwhile_is_folded_into_the_same_candle(store: Store) -> None:
    the_catalogue()
    meanwhile = a_tick("12", START + timedelta(seconds=1))

    with using(BusyStore(store, lambda: ticks_record([meanwhile]))):
        result = ticks_record([a_tick("11", START + timedelta(seconds=2)), a_tick("5", START, asset_id="AAPL")])

    running = asset_get("bitcoin").memory.running["1m"]
    assert result.accepted == 2
    assert [running.open, running.high, running.close] == [12, 12, 11]
    assert asset_get("AAPL").price == Decimal(5)


@pytest.mark.every_backend
def test_the_same_poll_in_many_threads_is_one_poll(store: Store) -> None:
    expected = in_a_store_of_its_own(lambda: ticks_record(TICKS))
    the_catalogue()

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: ticks_record(TICKS), range(8)))

    assert sum(result.accepted for result in results) == len(TICKS)
    assert len(ticks_between("bitcoin", 0)) == 12
    assert rows(store)[CANDLES.name] == expected[CANDLES.name]
    assert asset_get("bitcoin").price == Decimal(111)
