"""Curves are drawn into their box, highest on top."""

from datetime import date
from decimal import Decimal

from core.presentation import curve
from core.templatetags import cryptopulse as tags


def test_highest_value_is_on_top_and_lowest_at_the_bottom() -> None:
    assert curve.path([Decimal(1), Decimal(3), Decimal(2)]) == "M0.0 23.0L42.0 3.0L84.0 13.0"


def test_flat_values_run_through_the_middle() -> None:
    assert curve.path([Decimal(7), Decimal(7)]) == "M0.0 13.0L84.0 13.0"


def test_fewer_than_two_values_draw_nothing() -> None:
    assert curve.path([Decimal(7)]) == ""
    assert tags.sparkline([], "Last 30 days") == ""


def test_a_sparkline_says_in_words_what_it_shows() -> None:
    assert 'role="img" aria-label="Up &lt;a lot&gt;"' in tags.sparkline([Decimal(1), Decimal(2)], "Up <a lot>")


def test_a_trend_says_its_change_over_the_days_shown() -> None:
    closes = [(date(2026, 1, day), Decimal(100 + day)) for day in range(1, 11)]
    assert 'aria-label="up 8.9\u00a0% in 10 days"' in tags.trend(closes)
    assert 'aria-label="up 0.9\u00a0% in 2 days"' in tags.trend(closes, 2)
    assert 'aria-label="down 8.2\u00a0% in 10 days"' in tags.trend(closes[::-1])


def test_a_trend_of_one_day_is_not_drawn() -> None:
    assert tags.trend([(date(2026, 1, 1), Decimal(5))]) == ""
