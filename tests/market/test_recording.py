"""What ticks make of an asset: latest price, clock, the last day, and which ticks are refused."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from market.domain import Asset, Tick, recorded
from tests.market.builders import START, a_bar, a_tick

BITCOIN = Asset("bitcoin", "BTC", "Bitcoin")
LATER = START + timedelta(hours=1)


def after(*ticks: Tick, asset: Asset = BITCOIN) -> Asset:
    return recorded(asset, ticks, max(tick.at for tick in ticks) + timedelta(seconds=2)).asset


def test_the_newest_price_counts_whatever_the_order_of_arrival() -> None:
    asset = after(a_tick("11", LATER), a_tick("10", START))

    assert (asset.price, asset.price_at, asset.source) == (Decimal(11), LATER, "test")
    assert asset.received_at == LATER + timedelta(seconds=2)


def test_a_poll_that_another_overtook_changes_nothing_and_counts_nothing() -> None:
    asset = after(a_tick("11", LATER))

    recording = recorded(asset, [a_tick("10", START)], LATER + timedelta(seconds=9), asked_at=START)

    assert recording.asset == asset
    assert (recording.accepted, recording.refused) == ((), {})


def test_a_late_feed_is_counted_although_the_machine_was_not_late() -> None:
    asset = after(a_tick("11", LATER))

    recording = recorded(asset, [a_tick("10", START)], LATER + timedelta(hours=1), asked_at=LATER + timedelta(hours=1))

    assert recording.refused == {"late": 1}


def test_a_late_tick_is_refused_and_changes_nothing() -> None:
    asset = after(a_tick("11", LATER))

    recording = recorded(asset, [a_tick("10", START)], LATER)

    assert recording.asset == asset
    assert recording.refused == {"late": 1}


def test_a_repeated_tick_is_neither_recorded_nor_counted() -> None:
    asset = after(a_tick("11"))

    recording = recorded(asset, [a_tick("11")], LATER)

    assert (recording.asset, recording.accepted, recording.refused) == (asset, (), {})


@pytest.mark.parametrize(
    ("price", "reason"),
    [("0", "not_positive"), ("-1", "not_positive"), ("NaN", "not_finite"), ("Infinity", "not_finite")],
)
def test_a_wrong_price_is_refused(price: str, reason: str) -> None:
    recording = recorded(after(a_tick("11")), [a_tick(price, LATER)], LATER)

    assert recording.refused == {reason: 1}
    assert recording.asset.price == Decimal(11)


def test_a_price_below_the_quantum_of_prices_is_refused() -> None:
    assert recorded(BITCOIN, [a_tick("0.000000001")], START).refused == {"not_positive": 1}


def test_a_bar_with_one_wrong_price_is_refused_whole() -> None:
    assert recorded(BITCOIN, [a_bar("10", "11", "0", "10")], START).refused == {"not_positive": 1}


def test_a_tick_dated_ahead_of_the_clock_is_refused_so_that_honest_ones_after_it_are_not_late() -> None:
    recording = recorded(BITCOIN, [a_tick("10", START + timedelta(days=9)), a_tick("11", START)], START)

    assert recording.refused == {"ahead": 1}
    assert recording.asset.price == Decimal(11)


def test_prices_are_kept_to_eight_places() -> None:
    assert after(a_tick("0.33120988250424654")).price == Decimal("0.33120988")


def test_a_quarantined_price_is_not_shown_and_not_among_the_accepted() -> None:
    recording = recorded(after(a_tick("100")), [a_tick("1000", LATER)], LATER)

    assert (recording.asset.price, recording.accepted, recording.quarantined) == (Decimal(100), (), 1)
    assert recording.asset.high_24h == Decimal(100)


def test_a_repeated_quarantined_tick_counts_once() -> None:
    asset = after(a_tick("100"))
    for _ in range(5):
        asset = recorded(asset, [a_tick("1000", LATER)], LATER).asset

    assert asset.price == Decimal(100)


def test_the_clock_of_a_live_feed_is_the_clock_on_the_wall() -> None:
    asset = after(a_tick("10"))

    assert asset.market_now(LATER) == LATER
    assert asset.age(LATER) == timedelta(hours=1)


def test_the_clock_of_a_replay_is_that_of_its_ticks() -> None:
    bar = a_bar("10", "11", "9", "10", source="replay:history.csv")
    received_at = START + timedelta(days=300)

    asset = recorded(BITCOIN, [bar], received_at).asset

    assert asset.market_now(received_at + timedelta(seconds=5)) == START + timedelta(seconds=5)
    assert asset.age(received_at + timedelta(seconds=5)) == timedelta(seconds=5)
    assert asset.is_priced(received_at)


def test_a_price_is_stale_after_three_minutes_and_not_traded_after_ten() -> None:
    asset = after(a_tick("10"))

    assert [asset.is_stale(START + timedelta(seconds=seconds)) for seconds in (180, 181)] == [False, True]
    assert [asset.is_priced(START + timedelta(seconds=seconds)) for seconds in (600, 601)] == [True, False]


def test_an_asset_without_a_price_is_stale_and_not_traded() -> None:
    assert BITCOIN.is_stale(START)
    assert not BITCOIN.is_priced(START)


def test_daily_closes_keep_ninety_days_with_the_running_one() -> None:
    ticks = [a_tick(str(100 + number), START + timedelta(days=number)) for number in range(95)]

    closes = after(*ticks).daily_closes

    assert len(closes) == 90
    assert closes[-1] == ((START + timedelta(days=94)).date(), Decimal(194))
    assert closes[0][0] == (START + timedelta(days=5)).date()


def test_two_prices_of_one_day_leave_one_close() -> None:
    asset = after(a_tick("10"), a_tick("11", LATER))

    assert asset.daily_closes == ((date(2026, 1, 31), Decimal(11)),)


def test_capitalisation_is_that_of_the_newest_tick() -> None:
    tick = Tick.lone("bitcoin", START, Decimal(10), "test", market_cap=Decimal(1_000))

    assert after(tick).market_cap == Decimal(1_000)
