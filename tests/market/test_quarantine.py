"""A price too far from those before is held back, until three in a row agree on a new level."""

from decimal import Decimal

import pytest

from market.domain import Quarantine, Tick
from tests.market.builders import a_bar, a_tick


def after(quarantine: Quarantine, *ticks: Tick) -> tuple[list[bool], Quarantine]:
    """What each tick's judgement was, and the state after the last."""
    judged = []
    for tick in ticks:
        is_accepted, quarantine = quarantine.after(tick)
        judged.append(is_accepted)
    return judged, quarantine


def around(price: str) -> Quarantine:
    return Quarantine((Decimal(price),) * 11)


def test_the_first_price_is_accepted() -> None:
    assert after(Quarantine(), a_tick("0.00001"))[0] == [True]


@pytest.mark.parametrize(
    ("price", "is_accepted"), [("150", True), ("150.00000001", False), ("50", True), ("49.99999999", False)]
)
def test_half_the_median_is_the_furthest(price: str, is_accepted: bool) -> None:
    assert after(around("100"), a_tick(price))[0] == [is_accepted]


def test_the_median_not_the_last_price_is_what_counts() -> None:
    quarantine = Quarantine((*(Decimal(100),) * 8, *(Decimal(140),) * 3))

    assert after(quarantine, a_tick("190"))[0] == [False]


def test_only_the_last_eleven_are_remembered() -> None:
    _, quarantine = after(around("100"), *[a_tick("120")] * 20)

    assert quarantine.recent == (Decimal(120),) * 11


def test_three_in_a_row_that_agree_are_the_new_level() -> None:
    judged, quarantine = after(around("100"), a_tick("200"), a_tick("210"), a_tick("205"), a_tick("203"))

    assert judged == [False, False, True, True]
    assert quarantine.suspects == ()


def test_three_in_a_row_apart_by_more_than_a_tenth_stay_out() -> None:
    assert after(around("100"), a_tick("200"), a_tick("300"), a_tick("221"))[0] == [False, False, False]


def test_the_last_three_of_a_longer_row_may_agree() -> None:
    ticks = [a_tick("300"), a_tick("200"), a_tick("210"), a_tick("205")]

    assert after(around("100"), *ticks)[0] == [False, False, False, True]


def test_an_ordinary_price_between_breaks_the_row() -> None:
    ticks = [a_tick("200"), a_tick("200"), a_tick("101"), a_tick("200"), a_tick("200")]

    assert after(around("100"), *ticks)[0] == [False, False, True, False, False]


def test_a_bar_whose_low_alone_is_too_far_is_held_back() -> None:
    assert after(around("100"), a_bar("100", "101", "1", "100"))[0] == [False]


def test_bars_of_a_day_may_move_as_far_as_they_like() -> None:
    day = a_bar("100", "900", "90", "800", seconds=86_400)

    assert after(around("100"), day)[0] == [True]


def test_bars_of_an_hour_may_not() -> None:
    hour = a_bar("100", "900", "90", "800", seconds=3_600)

    assert after(around("100"), hour)[0] == [False]
