"""What ticks become."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core import clock
from market.triggers.moves import Bar, BarMove, LastSeen, PriceMove, fold
from tests.triggers.prices import START, ticks_of

MINUTE = timedelta(minutes=1)


def test_the_first_tick_only_sets_where_the_next_move_starts() -> None:
    last_seen, moves = fold(LastSeen(), ticks_of("100"))
    assert (last_seen.seq, last_seen.close, moves) == (0, Decimal(100), [])


def test_each_tick_is_a_move() -> None:
    last_seen, moves = fold(LastSeen(), ticks_of("100", "103", "101 105 99 102"))
    hundred, hundred_three, low, high, close = map(Decimal, (100, 103, 99, 105, 102))
    source = "test"
    times = [clock.to_milliseconds(START) + 1_000 * seconds for seconds in (10, 20)]
    assert moves == [
        PriceMove(1, times[0], hundred, hundred_three, hundred_three, hundred_three, source),
        PriceMove(2, times[1], hundred_three, high, low, close, source),
    ]
    assert last_seen.seq == 2


def test_a_tick_at_the_same_price_makes_no_move() -> None:
    last_seen, moves = fold(LastSeen(), ticks_of("100", "100"))
    assert (moves, last_seen.at) == ([], clock.to_milliseconds(START) + 10_000)


def test_a_later_minute_closes_the_one_before_and_moves_after_it() -> None:
    _, moves = fold(LastSeen(), ticks_of("100", "101", "102", apart=MINUTE))
    assert [type(move) for move in moves] == [PriceMove, BarMove, PriceMove]
    assert [move.seq for move in moves] == [1, 2, 3]


def test_a_bar_of_a_minute_closes_its_own() -> None:
    bars = [replace(tick, bar_seconds=60) for tick in ticks_of("100", "101", apart=MINUTE)]
    last_seen, moves = fold(LastSeen(), bars)
    assert [type(move) for move in moves] == [PriceMove, BarMove]
    assert last_seen.running is None


def test_the_bar_of_a_minute_holds_all_its_prices() -> None:
    last_seen, _ = fold(LastSeen(), ticks_of("100", "104", "97", "99", apart=timedelta(seconds=15)))
    opened, high, low, close = map(Decimal, (100, 104, 97, 99))
    assert last_seen.running == Bar(clock.to_milliseconds(START), opened, high, low, close)


@given(st.lists(st.integers(95, 105), min_size=1, max_size=30), st.data())
def test_ticks_make_the_same_moves_in_whatever_portions_they_are_read(prices: list[int], data: st.DataObject) -> None:
    ticks = ticks_of(*map(str, prices), apart=timedelta(seconds=25))
    cut = data.draw(st.integers(0, len(ticks)))
    halfway, first = fold(LastSeen(), ticks[:cut])
    end, second = fold(halfway, ticks[cut:])
    assert (end, [*first, *second]) == fold(LastSeen(), ticks)
