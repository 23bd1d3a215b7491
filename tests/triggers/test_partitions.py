"""Which levels the moves of a series may concern."""

from hypothesis import given
from hypothesis import strategies as st

from market.triggers.crossing import advance
from market.triggers.moves import CLOSE, HIGH, LOW, LOW_OF_BARS, Move
from market.triggers.partitions import Direction, Partition, reaches
from tests.triggers.prices import a_watch, market, moves_of, watches


def test_an_arm_names_series_direction_and_shard() -> None:
    assert Partition(LOW_OF_BARS, Direction.UP).arm("bitcoin") == "bitcoin|low|1m#UP#0"


def test_its_count_is_an_attribute_of_the_series_row() -> None:
    assert Partition(LOW_OF_BARS, Direction.UP).count_name("alerts") == "armed_alerts_low_1m_up"


def ends(moves: list[Move]) -> dict[Partition, tuple[str, str]]:
    return {reach.partition: (str(reach.low), str(reach.high)) for reach in reaches(moves)}


def test_a_rise_reaches_closes_and_highs_alone() -> None:
    found = ends(moves_of("100", "105"))
    assert found == {
        Partition(CLOSE, Direction.UP): ("100", "105"),
        Partition(HIGH, Direction.UP): ("100", "105"),
    }


def test_a_bar_that_goes_both_ways_reaches_both() -> None:
    found = ends(moves_of("100", "100 110 90 101"))
    assert found == {
        Partition(CLOSE, Direction.UP): ("100", "101"),
        Partition(HIGH, Direction.UP): ("100", "110"),
        Partition(LOW, Direction.DOWN): ("90", "100"),
    }


def test_a_waiting_watch_waits_for_closes_at_its_rearm_level() -> None:
    watch, _ = advance(a_watch(">", hysteresis="5", price_type="high"), moves_of("100", "111"))
    assert watch.partition == Partition(CLOSE, Direction.DOWN)
    assert watch.armed_level == 105


@given(st.data())
def test_whatever_a_move_changes_is_within_a_reach(data: st.DataObject) -> None:
    last_seen, moves = data.draw(market())
    watch = data.draw(watches(last_seen))
    for move in moves:
        after, _ = advance(watch, [move])
        if after != watch:
            (reach,) = (each for each in reaches([move]) if each.partition == watch.partition)
            assert reach.low <= watch.armed_level <= reach.high
        watch = after
