"""Times are shown relative while they are near, and in the reader's zone when they are not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from core.presentation import moments
from core.templatetags import cryptopulse as tags

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (86399, "23 h"),
        (86400, "1 d"),
        (-9, "0 s"),
    ],
)
def test_age_is_shown_in_one_unit(seconds: int, text: str) -> None:
    assert moments.age(timedelta(seconds=seconds)) == text


def test_near_times_are_relative() -> None:
    assert moments.ago(NOON - timedelta(seconds=2), NOON) == "just now"
    assert moments.ago(NOON - timedelta(minutes=4), NOON) == "4 min ago"
    assert moments.ago(NOON + timedelta(hours=3), NOON) == "in 3 h"


def test_far_times_have_day_and_hour_across_a_daylight_saving_change() -> None:
    zone = ZoneInfo("Europe/Berlin")
    assert moments.short(NOON - timedelta(days=2), NOON, zone) == "27 Mar, 13:00"
    assert moments.short(NOON + timedelta(days=2), NOON, zone) == "31 Mar, 14:00"
    assert moments.short(NOON - timedelta(days=200), NOON, zone) == "10 Sep 2025, 14:00"


@time_machine.travel(NOON, tick=False)
def test_a_moment_carries_the_exact_time_of_the_readers_zone() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        text = tags.moment(NOON - timedelta(minutes=10))
    assert text == '<time datetime="2026-03-29T11:50:00.000Z" title="29 Mar 2026, 20:50:00 JST">10 min ago</time>'
