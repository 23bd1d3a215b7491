"""High, low and change of the last 24 hours."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from market.domain import LastDay, Tick
from tests.market.builders import a_bar, a_tick

NOON = datetime(2026, 3, 10, 12, tzinfo=UTC)


def after(*ticks: Tick) -> LastDay:
    last_day = LastDay()
    for tick in ticks:
        last_day = last_day.after(tick)
    return last_day


def test_a_young_market_has_no_change() -> None:
    last_day = after(a_tick("100", NOON - timedelta(hours=23)), a_tick("110", NOON))

    assert last_day.change(NOON) is None


def test_change_is_percent_from_a_day_ago() -> None:
    last_day = after(a_tick("100", NOON - timedelta(hours=24)), a_tick("110", NOON))

    assert last_day.change(NOON) == Decimal("10.0000")


def test_change_is_from_the_nearest_price_at_least_a_day_old() -> None:
    times_and_prices = [(30, "50"), (25, "80"), (10, "200")]
    ticks = [a_tick(price, NOON - timedelta(hours=hours)) for hours, price in times_and_prices]

    assert after(*ticks, a_tick("100", NOON)).change(NOON) == Decimal("25.0000")


def test_over_a_weekend_change_is_from_the_close_before() -> None:
    friday, monday = datetime(2026, 3, 6, 21, tzinfo=UTC), datetime(2026, 3, 9, 14, tzinfo=UTC)

    assert after(a_tick("100", friday), a_tick("99", monday)).change(monday) == Decimal("-1.0000")


def test_after_a_long_silence_there_is_no_change() -> None:
    last_day = after(a_tick("100", NOON - timedelta(days=5)), a_tick("110", NOON))

    assert last_day.change(NOON) is None


def test_high_and_low_are_those_of_the_last_day_alone() -> None:
    last_day = after(
        a_bar("500", "900", "1", "500", NOON - timedelta(hours=25)),
        a_bar("500", "600", "400", "500", NOON - timedelta(hours=20)),
        a_tick("550", NOON),
    )

    assert (last_day.high(NOON), last_day.low(NOON)) == (Decimal(600), Decimal(400))


def test_no_more_is_remembered_than_a_day_and_one_hour_before_it() -> None:
    last_day = after(*(a_tick("100", NOON + timedelta(minutes=10 * number)) for number in range(1_000)))

    assert len(last_day.hours) == 25


def test_daily_bars_change_from_day_to_day() -> None:
    tomorrow = NOON + timedelta(days=1)

    last_day = after(
        a_bar("1", "20", "1", "4", NOON, seconds=86_400), a_bar("4", "9", "4", "8", tomorrow, seconds=86_400)
    )

    assert last_day.change(tomorrow) == Decimal("100.0000")
    assert last_day.high(tomorrow) == Decimal(9)
