"""A replay continues after what is recorded, at its speed, however often it is stopped."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from core import clock
from market.feeds.replay import ReplayAddress, ReplayFeed
from market.selectors import asset_get, ticks_between
from market.services import prices_poll
from tests.market.builders import START, a_file, an_asset, minutes

WINTERS_LATER = START + timedelta(days=1_000)
SECOND = timedelta(seconds=1)


def a_replay(folder: Path, *, speed: str | None = None, bars: int = 30, ticks_of_a_poll: int = 1_000) -> ReplayFeed:
    """A replay of bitcoin's minutes, the nth closing at 100 + n."""
    lines = [f"{clock.to_text(at)},100,{100 + n},100,{100 + n},1" for n, at in enumerate(minutes(bars))]
    path = a_file(folder, "minutes.csv", "timestamp,open,high,low,close,volume", *lines)
    address = ReplayAddress(path, "bitcoin", speed=None if speed is None else Decimal(speed))
    return ReplayFeed(address, poll_seconds=5, ticks_of_a_poll=ticks_of_a_poll)


def poll_at(feed: ReplayFeed, now: datetime) -> list[int]:
    """Which bars a poll at this wall time records, by number."""
    before = asset_get("bitcoin").memory.seen_at
    with time_machine.travel(now, tick=False):
        prices_poll(feed)
    after_ms = 0 if before is None else clock.to_milliseconds(before)
    return [int(tick.close) - 100 for tick in ticks_between("bitcoin", after_ms)]


@pytest.fixture(autouse=True)
def _bitcoin() -> None:
    an_asset("bitcoin")


def test_as_fast_as_can_be_is_everything_in_polls_of_a_bounded_size(tmp_path: Path) -> None:
    feed = a_replay(tmp_path, ticks_of_a_poll=12)

    polls = [poll_at(feed, WINTERS_LATER) for _ in range(4)]

    assert [len(poll) for poll in polls] == [12, 12, 6, 0]
    assert [bar for poll in polls for bar in poll] == list(range(30))


def test_a_replay_started_again_continues_after_the_last_recorded_tick(tmp_path: Path) -> None:
    poll_at(a_replay(tmp_path, ticks_of_a_poll=12), WINTERS_LATER)

    assert poll_at(a_replay(tmp_path, ticks_of_a_poll=12), WINTERS_LATER)[0] == 12


def test_sixty_times_real_time_is_a_minute_in_a_second(tmp_path: Path) -> None:
    feed = a_replay(tmp_path, speed="60")

    polls = [poll_at(feed, WINTERS_LATER + 5 * n * SECOND) for n in range(4)]

    assert polls == [[0], [1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]]


def test_real_time_waits_for_each_bar(tmp_path: Path) -> None:
    feed = a_replay(tmp_path, speed="1")

    polls = [poll_at(feed, WINTERS_LATER + seconds * SECOND) for seconds in (0, 5, 55, 60, 65)]

    assert polls == [[0], [], [], [1], []]


def test_a_pause_makes_no_burst(tmp_path: Path) -> None:
    feed = a_replay(tmp_path, speed="60")
    poll_at(feed, WINTERS_LATER)

    after_a_day = poll_at(feed, WINTERS_LATER + timedelta(days=1))

    assert after_a_day == list(range(1, 12))


def test_its_clock_is_that_of_its_file(tmp_path: Path) -> None:
    poll_at(a_replay(tmp_path), WINTERS_LATER)

    asset = asset_get("bitcoin")

    assert asset.price_at == START + timedelta(minutes=29)
    assert asset.market_now(WINTERS_LATER) == asset.price_at
    assert not asset.is_stale(WINTERS_LATER)
    assert asset.is_stale(WINTERS_LATER + timedelta(hours=1))
    assert asset.source == "replay:minutes.csv"


def test_ticks_refused_do_not_hold_it_up(tmp_path: Path) -> None:
    lines = [f"{clock.to_text(at)},1,1,1,{'0' if n % 2 else '1'},1" for n, at in enumerate(minutes(6))]
    path = a_file(tmp_path, "gaps.csv", "timestamp,open,high,low,close,volume", *lines)
    feed = ReplayFeed(ReplayAddress(path, "bitcoin"), poll_seconds=5, ticks_of_a_poll=1)

    results = [prices_poll(feed) for _ in range(6)]

    assert [result.accepted for result in results] == [1, 0, 1, 0, 1, 0]
    assert asset_get("bitcoin").memory.refused == {"not_positive": 3}
