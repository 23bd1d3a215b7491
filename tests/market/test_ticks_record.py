"""Recording a poll: the rows it leaves and the requests it takes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from core import clock
from core.storage import Store, measured
from core.storage.codec import encode_item
from core.storage.sizes import item_size
from market import catalogue
from market.domain import Tick, recorded
from market.selectors import asset_get, candles_between, candles_of, ticks_between
from market.services import ticks_record
from market.tables import ASSETS, CANDLES, REALTIME_TICKS
from tests.market.builders import START, a_bar, a_tick, an_asset, the_catalogue

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_hour_after_the_start() -> Iterator[None]:
    with time_machine.travel(START + HOUR, tick=False):
        yield


def a_poll(seconds: int) -> list[Tick]:
    """One tick of every asset of the catalogue."""
    at = START + timedelta(seconds=seconds)
    return [a_tick("100", at, asset_id=listing.asset_id) for listing in catalogue.CATALOGUE]


@pytest.mark.every_backend
def test_a_tick_becomes_a_row_a_price_and_running_candles() -> None:
    an_asset("bitcoin")

    result = ticks_record([a_bar("10", "12", "9", "11", volume="3")])

    assert (result.accepted, result.refused, result.quarantined) == (1, {}, 0)
    asset = asset_get("bitcoin")
    assert (asset.price, asset.price_at) == (Decimal(11), START)
    assert ticks_between("bitcoin", 0) == [a_bar("10", "12", "9", "11", volume="3")]
    (candle,) = candles_of(asset, "1m", START, START + HOUR)
    assert [candle.open, candle.high, candle.low, candle.close, candle.volume] == [10, 12, 9, 11, 3]


@pytest.mark.every_backend
def test_a_candle_is_written_when_the_next_begins() -> None:
    an_asset("bitcoin")
    ticks_record([a_tick("10")])
    assert candles_between("bitcoin", "1m", START, START + HOUR) == []

    ticks_record([a_tick("11", START + timedelta(minutes=1))])

    (candle,) = candles_between("bitcoin", "1m", START, START + HOUR)
    assert (candle.opened_at, candle.close) == (START, Decimal(10))


@pytest.mark.every_backend
def test_what_is_remembered_survives_the_store() -> None:
    before = an_asset("bitcoin")
    ticks = [a_bar("10.5", "12", "9", "11", START + timedelta(minutes=7 * number), volume="1") for number in range(8)]
    expected = recorded(before, [*ticks, a_tick("900", START + HOUR)], START + HOUR)

    ticks_record([*ticks, a_tick("900", START + HOUR)])

    stored = asset_get("bitcoin")
    assert replace(stored.memory, refused={}) == expected.asset.memory
    assert replace(stored, memory=expected.asset.memory) == expected.asset
    assert stored.memory.refused == {"quarantined": 1}


def test_refusals_are_counted_by_reason() -> None:
    an_asset("bitcoin")
    ticks_record([a_tick("10", START + timedelta(seconds=1))])

    result = ticks_record([a_tick("10", START), a_tick("0", START + timedelta(seconds=2)), a_tick("-3", START + HOUR)])
    ticks_record([a_tick("10", START)])

    assert result.refused == {"late": 1, "not_positive": 2}
    assert asset_get("bitcoin").memory.refused == {"late": 2, "not_positive": 2}


def test_a_quarantined_tick_leaves_no_row() -> None:
    an_asset("bitcoin")
    ticks_record([a_tick("10"), a_tick("1000", START + timedelta(seconds=1))])

    assert [tick.price for tick in ticks_between("bitcoin", 0)] == [Decimal(10)]


def test_ticks_of_an_unknown_asset_are_left_out() -> None:
    assert ticks_record([a_tick("10", asset_id="nothing")]).accepted == 0
    assert ticks_between("nothing", 0) == []


def test_ticks_and_candles_expire_by_the_wall_clock(store: Store) -> None:
    an_asset("bitcoin")
    long_ago = START - timedelta(days=900)
    ticks_record([a_bar("1", "2", "1", "2", long_ago), a_bar("2", "3", "2", "3", long_ago + timedelta(days=1))])

    (first, second) = store.dump(REALTIME_TICKS)
    kept = {item["series"]: item.get("ttl") for item in store.dump(CANDLES)}

    assert first["ttl"] == second["ttl"] == clock.to_seconds(START + HOUR + timedelta(hours=24))
    assert kept == {
        "bitcoin#1m": clock.to_seconds(START + HOUR + timedelta(days=7)),
        "bitcoin#5m": clock.to_seconds(START + HOUR + timedelta(days=30)),
        "bitcoin#15m": clock.to_seconds(START + HOUR + timedelta(days=30)),
        "bitcoin#1h": clock.to_seconds(START + HOUR + timedelta(days=90)),
        "bitcoin#1d": None,
    }


def test_a_poll_of_every_asset_takes_five_requests() -> None:
    the_catalogue()
    ticks_record(a_poll(0))

    with measured() as usage:
        ticks_record(a_poll(5))

    # One read, one batch of 23 ticks, the rows of the assets in three transactions.
    assert usage.requests == 5


def test_the_end_of_a_minute_takes_one_request_more() -> None:
    the_catalogue()
    ticks_record(a_poll(5))

    with measured() as usage:
        ticks_record(a_poll(65))

    assert usage.requests == 6


def test_a_poll_without_news_takes_one_request() -> None:
    the_catalogue()
    ticks_record(a_poll(0))

    with measured() as usage:
        ticks_record(a_poll(0))

    assert usage.requests == 1


def test_no_ticks_take_no_request() -> None:
    with measured() as usage:
        assert ticks_record([]).accepted == 0

    assert usage.requests == 0


def test_an_asset_row_stays_small(store: Store) -> None:
    an_asset("bitcoin")
    ticks_record(
        [a_bar("83642.12", "83642.12", "83642.12", "83642.12", START - timedelta(hours=n)) for n in range(24 * 95)]
    )

    (row,) = store.dump(ASSETS)

    assert item_size(encode_item(row)) < 4_096
