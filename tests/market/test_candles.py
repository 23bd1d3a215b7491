"""Folding ticks into candles: open first, high max, low min, close last, volume summed."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from market.domain import INTERVALS, Asset, Candle, Tick, folded, recorded
from tests.market.builders import START, a_bar, a_tick

BITCOIN = Asset("bitcoin", "BTC", "Bitcoin")


def candles_from(*ticks: Tick, interval: str = "1m") -> list[Candle]:
    """All candles of an interval, the running one last."""
    recording = recorded(BITCOIN, ticks, max(tick.at for tick in ticks))
    closed = [candle for candle in recording.closed if candle.interval == interval]
    running = recording.asset.memory.running.get(interval)
    return closed if running is None else [*closed, running]


def figures(candle: Candle) -> tuple[str, str, str, str, str]:
    return str(candle.open), str(candle.high), str(candle.low), str(candle.close), str(candle.volume)


def test_ticks_of_one_minute_make_one_candle() -> None:
    ticks = [a_tick(price, START + timedelta(seconds=n)) for n, price in enumerate(("10", "12", "9", "11"))]

    (candle,) = candles_from(*ticks)

    assert candle.opened_at == START
    assert figures(candle) == ("10", "12", "9", "11", "None")


def test_the_next_minute_begins_another() -> None:
    first, second = candles_from(
        a_tick("10", START + timedelta(seconds=59, milliseconds=999)), a_tick("11", START + timedelta(minutes=1))
    )

    assert (first.opened_at, second.opened_at) == (START, START + timedelta(minutes=1))
    assert figures(second) == ("11", "11", "11", "11", "None")


def test_a_minute_without_ticks_has_no_candle() -> None:
    first, second = candles_from(a_tick("10"), a_tick("11", START + timedelta(minutes=5)))

    assert second.opened_at - first.opened_at == timedelta(minutes=5)


def test_bars_bring_their_highs_lows_and_volumes() -> None:
    (candle,) = candles_from(
        a_bar("10", "15", "8", "11", volume="1.5"),
        a_bar("11", "13", "7", "12", START + timedelta(minutes=1), volume="2"),
        interval="5m",
    )

    assert figures(candle) == ("10", "15", "7", "12", "3.5")


def test_volume_is_unknown_where_the_feed_has_none() -> None:
    (candle,) = candles_from(a_tick("10"), a_tick("11", START + timedelta(seconds=1)))

    assert candle.volume is None


def test_one_run_of_ticks_makes_candles_of_every_interval() -> None:
    recording = recorded(BITCOIN, [a_tick("10")], START)

    assert set(recording.asset.memory.running) == set(INTERVALS)


def test_a_bar_makes_no_candle_shorter_than_itself() -> None:
    recording = recorded(BITCOIN, [a_bar("10", "15", "8", "11", seconds=86_400)], START)

    assert set(recording.asset.memory.running) == {"1d"}


def test_days_end_at_midnight_in_utc() -> None:
    late_evening = datetime(2026, 3, 8, 23, 59, 59, tzinfo=UTC)

    first, second = candles_from(
        a_tick("10", late_evening), a_tick("12", late_evening + timedelta(seconds=1)), interval="1d"
    )

    assert first.opened_at == datetime(2026, 3, 8, tzinfo=UTC)
    assert second.opened_at == datetime(2026, 3, 9, tzinfo=UTC)


def test_ticks_in_pieces_make_the_same_candles_as_at_once() -> None:
    ticks = [a_tick(str(100 + number % 7), START + timedelta(seconds=17 * number)) for number in range(60)]
    at_once = recorded(BITCOIN, ticks, START + timedelta(hours=1))

    asset = BITCOIN
    closed: list[Candle] = []
    for tick in ticks:
        piece = recorded(asset, [tick], START + timedelta(hours=1))
        asset = piece.asset
        closed += piece.closed

    assert asset == at_once.asset
    assert tuple(closed) == at_once.closed


def test_candles_fold_into_longer_ones() -> None:
    minutes = [
        Candle("bitcoin", "1m", START + timedelta(minutes=number), *(Decimal(10 + number),) * 4, "test", Decimal(1))
        for number in range(7)
    ]

    first, second = folded(minutes, INTERVALS["5m"])

    assert figures(first) == ("10", "14", "10", "14", "5")
    assert figures(second) == ("15", "16", "15", "16", "2")
    assert (first.interval, second.opened_at) == ("5m", START + timedelta(minutes=5))
