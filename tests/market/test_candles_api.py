"""Candles and ticks over HTTP."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from core.storage import measured
from market.services import ticks_record
from tests.market.builders import START, a_bar, an_asset, minutes

BARS = 90
CANDLES = "/api/v1/assets/bitcoin/candles/"
TICKS = "/api/v1/assets/bitcoin/ticks/"


@pytest.fixture(autouse=True)
def _ninety_minutes_of_bitcoin() -> Iterator[None]:
    """The nth bar closes at 100 + n; one unit is traded in each."""
    with time_machine.travel(START + timedelta(minutes=BARS), tick=False):
        an_asset("bitcoin")
        ticks_record(
            [
                a_bar("100", str(101 + number), "99", str(100 + number), at, volume="1")
                for number, at in enumerate(minutes(BARS))
            ]
        )
        yield


def every_page(path: str, **query: str) -> list[dict[str, Any]]:
    """Items of all pages."""
    client = APIClient()
    items: list[dict[str, Any]] = []
    body = client.get(path, query).json()
    items += body["items"]
    while body["next"]:
        body = client.get(path, {**query, "cursor": body["next"]}).json()
        items += body["items"]
    return items


def test_hours_up_to_the_latest_price_the_running_one_last() -> None:
    items = APIClient().get(CANDLES).json()["items"]

    assert items == [
        {
            "opened_at": "2026-01-31T07:00:00.000Z",
            "open": "100",
            "high": "160",
            "low": "99",
            "close": "159",
            "volume": "60",
            "source": "test",
        },
        {
            "opened_at": "2026-01-31T08:00:00.000Z",
            "open": "100",
            "high": "190",
            "low": "99",
            "close": "189",
            "volume": "30",
            "source": "test",
        },
    ]


def test_without_a_range_the_newest_as_many_as_asked_for() -> None:
    body = APIClient().get(CANDLES, {"interval": "1m", "limit": "10"}).json()

    assert [item["close"] for item in body["items"]] == [str(180 + number) for number in range(10)]


@pytest.mark.parametrize("limit", ["1", "7", "29", "30", "31", "89", "90", "100"])
def test_pages_join_into_the_whole_range(limit: str) -> None:
    items = every_page(CANDLES, interval="1m", limit=limit, **{"from": "2026-01-31T07:00:00Z"})

    assert [item["close"] for item in items] == [str(100 + number) for number in range(BARS)]


def test_the_end_of_a_range_is_exclusive_and_its_start_is_not() -> None:
    items = every_page(CANDLES, interval="1m", **{"from": "2026-01-31T07:05:00Z", "to": "2026-01-31T07:07:00Z"})

    assert [item["close"] for item in items] == ["105", "106"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"interval": "2h"}, "interval"),
        ({"from": "yesterday"}, "from"),
        ({"from": "2026-01-31T07:05:00"}, "from"),
        ({"from": "2026-01-31T07:05:00Z", "to": "2026-01-31T07:05:00Z"}, "to"),
        ({"limit": "101"}, "limit"),
        ({"since": "2026-01-31T07:05:00Z"}, "since"),
    ],
)
def test_a_wrong_query_names_the_field(query: dict[str, str], field: str) -> None:
    answer = APIClient().get(CANDLES, query)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_an_asset_without_a_price_has_no_candles_and_no_ticks() -> None:
    an_asset("dogecoin")

    for what in ("candles", "ticks"):
        assert APIClient().get(f"/api/v1/assets/dogecoin/{what}/").json() == {"items": [], "next": None}


@pytest.mark.parametrize("what", ["candles", "ticks"])
def test_an_unknown_asset(what: str) -> None:
    assert APIClient().get(f"/api/v1/assets/gold/{what}/").status_code == 404


@pytest.mark.every_backend
def test_ticks_of_the_last_hour_one_by_one() -> None:
    items = every_page(TICKS, limit="25")

    assert len(items) == 60
    assert items[-1] == {
        "at": "2026-01-31T08:29:00.000Z",
        "price": "189",
        "open": "100",
        "high": "190",
        "low": "99",
        "volume": "1",
        "source": "test",
    }


def test_ticks_of_a_range() -> None:
    items = every_page(TICKS, **{"from": "2026-01-31T07:00:00Z", "to": "2026-01-31T07:02:00Z"})

    assert [item["price"] for item in items] == ["100", "101"]


@pytest.mark.parametrize("path", [CANDLES, TICKS])
def test_each_is_two_requests(path: str) -> None:
    with measured() as usage:
        APIClient().get(path)

    assert usage.requests == 2


@pytest.mark.parametrize("path", [CANDLES, TICKS])
@pytest.mark.parametrize("name", ["from", "to"])
@pytest.mark.parametrize(("moment", "status"), [("0001-01-01T00:00:00Z", 400), ("9999-12-31T23:59:59Z", 200)])
def test_a_range_at_the_ends_of_the_calendar(path: str, name: str, moment: str, status: int) -> None:
    assert APIClient().get(path, {name: moment}).status_code == status
