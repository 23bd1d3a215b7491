"""What a watch does with moves."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import QUANTUM
from market.triggers.crossing import Phase, Watch, advance, begin
from market.triggers.moves import LastSeen, Move, PriceMove, fold
from market.triggers.partitions import Direction
from tests.triggers.prices import a_watch, market, moves_of, ticks_of, watches


def fired(watch: Watch, *prices: str) -> list[str]:
    return [str(firing.price) for firing in advance(watch, moves_of(*prices))[1]]


@pytest.mark.parametrize(
    ("operator", "level", "rearm"),
    [
        (">", Decimal(110) + QUANTUM, Decimal(110)),
        (">=", Decimal(110), Decimal(110) - QUANTUM),
        ("<", Decimal(110) - QUANTUM, Decimal(110)),
        ("<=", Decimal(110), Decimal(110) + QUANTUM),
    ],
)
def test_a_strict_comparison_begins_one_quantum_beyond_the_threshold(
    operator: str, level: Decimal, rearm: Decimal
) -> None:
    watch = a_watch(operator)
    assert (watch.level, watch.rearm_level) == (level, rearm)


def test_the_hysteresis_moves_the_level_that_arms_it_again() -> None:
    assert a_watch(">", hysteresis="5").rearm_level == 105
    assert a_watch("<=", hysteresis="5").rearm_level == 115


@pytest.mark.parametrize(("operator", "at_the_threshold"), [(">", []), (">=", ["110"]), ("<", []), ("<=", ["110"])])
def test_the_threshold_itself_counts_unless_the_comparison_is_strict(
    operator: str, at_the_threshold: list[str]
) -> None:
    start = "109" if ">" in operator else "111"
    assert fired(a_watch(operator), start, "110") == at_the_threshold


def test_it_fires_on_the_way_to_the_level_and_not_on_the_way_from_it() -> None:
    assert fired(a_watch(">="), "109", "110", "112", "110") == ["110"]


def test_a_gap_over_the_level_fires() -> None:
    assert fired(a_watch(">"), "90", "150") == ["150"]


def test_a_close_is_not_fired_by_a_touch() -> None:
    assert fired(a_watch(">"), "100", "100 115 99 101") == []


def test_a_high_is_fired_by_a_touch_and_armed_again_by_the_close() -> None:
    assert fired(a_watch(">", price_type="high"), "100", "100 115 99 101", "101 112 100 100") == ["115", "112"]


def test_a_low_is_fired_by_a_touch() -> None:
    assert fired(a_watch("<", "95", "low"), "100", "100 101 94 100") == ["94"]


def test_a_bar_that_goes_both_ways_fires_both() -> None:
    bar = ("100", "100 115 85 100")
    assert fired(a_watch(">", "110", "high"), *bar) == ["115"]
    assert fired(a_watch("<", "90", "low"), *bar) == ["85"]


def test_it_waits_until_a_close_has_gone_back_by_the_hysteresis() -> None:
    watch = a_watch(">", hysteresis="5")
    assert fired(watch, "100", "111", "106", "112") == ["111"]
    assert fired(watch, "100", "111", "105", "112") == ["111", "112"]


def test_a_touch_does_not_arm_it_again() -> None:
    assert fired(a_watch(">", hysteresis="5"), "100", "111", "111 111 100 111", "112") == ["111"]


def test_once_ends_with_the_first_firing() -> None:
    watch, firings = advance(a_watch(">", once=True), moves_of("100", "111", "100", "111"))
    assert (watch.phase, len(firings)) == (Phase.DONE, 1)
    assert watch.partition is None


def test_a_low_above_a_threshold_is_compared_when_the_minute_is_over() -> None:
    watch = a_watch(">", "100", "low")
    minutes = ("99", "103", "98", "102", "101", "101", "103", "104", "104", "105", "106", "106", "107")
    assert fired(watch, *minutes) == ["103"]


def test_a_high_below_a_threshold_is_compared_when_the_minute_is_over() -> None:
    watch = a_watch("<", "100", "high")
    minutes = ("101", "97", "102", "98", "99", "99", "97", "96", "96", "95", "94", "94", "93")
    assert fired(watch, *minutes) == ["97"]


def test_made_while_true_it_waits() -> None:
    last_seen, _ = fold(LastSeen(), ticks_of("120"))
    watch, firing = begin(a_watch(">"), last_seen, fire_if_true=False)
    assert (watch.phase, firing) == (Phase.WAITING, None)


def test_made_while_true_it_fires_at_once_if_asked() -> None:
    last_seen, _ = fold(LastSeen(), ticks_of("120"))
    watch, firing = begin(a_watch(">", once=True), last_seen, fire_if_true=True)
    assert firing is not None
    assert (watch.phase, firing.price) == (Phase.DONE, Decimal(120))


def test_made_while_false_it_does_not_fire_when_asked_to_fire_if_true() -> None:
    last_seen, _ = fold(LastSeen(), ticks_of("100"))
    watch, firing = begin(a_watch(">"), last_seen, fire_if_true=True)
    assert (watch.phase, firing) == (Phase.ARMED, None)


@given(st.data())
def test_moves_may_come_in_any_portions_and_repeatedly(data: st.DataObject) -> None:
    last_seen, moves = data.draw(market())
    watch = data.draw(watches(last_seen))
    at_once = advance(watch, moves)
    cut = data.draw(st.integers(0, len(moves)))
    first, firings = advance(watch, moves[:cut])
    second, more = advance(first, moves)
    assert (second, [*firings, *more]) == at_once


@given(st.data())
def test_between_two_firings_the_price_has_gone_back(data: st.DataObject) -> None:
    last_seen, moves = data.draw(market())
    watch = data.draw(watches(last_seen))
    _, firings = advance(watch, moves)
    for one, another in pairwise(firings):
        closes = [_close(move) for move in moves if one.seq <= move.seq < another.seq]
        if watch.direction is Direction.UP:
            assert min(closes) <= watch.rearm_level
        else:
            assert max(closes) >= watch.rearm_level


def _close(move: Move) -> Decimal:
    return move.close if isinstance(move, PriceMove) else move.bar.close
