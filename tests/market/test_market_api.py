"""Assets, movers and prices over HTTP: open to everybody."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from rest_framework.test import APIClient

from core.storage import measured
from market.services import ticks_record
from tests.market.builders import START, a_tick, an_asset, the_catalogue

API = "/api/v1"


@pytest.fixture(autouse=True)
def _bitcoin_and_ether() -> Iterator[None]:
    """Bitcoin up by a tenth to 110, Ether without a price; two minutes ago."""
    with time_machine.travel(START + timedelta(minutes=2), tick=False):
        an_asset("bitcoin")
        an_asset("ethereum")
        ticks_record([a_tick("100", START - timedelta(hours=25)), a_tick("110.50", START, source="simulated")])
        yield


def test_an_asset_in_full() -> None:
    assert APIClient().get(f"{API}/assets/bitcoin/").json() == {
        "asset_id": "bitcoin",
        "symbol": "BTC",
        "name": "Bitcoin",
        "kind": "crypto",
        "rank": 1,
        "active": True,
        "price": "110.5",
        "at": "2026-01-31T07:00:00.000Z",
        "source": "simulated",
        "age_seconds": 120,
        "stale": False,
        "change_24h": "10.5",
        "high_24h": "110.5",
        "low_24h": "110.5",
        "market_cap": None,
        "volume_24h": None,
    }


def test_what_is_not_known_is_null_and_a_missing_price_is_stale() -> None:
    ether = APIClient().get(f"{API}/assets/ethereum/").json()

    assert [ether[name] for name in ("price", "at", "age_seconds", "change_24h", "stale")] == [None] * 4 + [True]


def test_an_unknown_asset_is_a_problem() -> None:
    answer = APIClient().get(f"{API}/assets/gold/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_assets_by_rank_searched_and_sorted() -> None:
    def ids(query: str) -> list[str]:
        return [item["asset_id"] for item in APIClient().get(f"{API}/assets/{query}").json()["items"]]

    assert ids("") == ["bitcoin", "ethereum"]
    assert ids("?q=eth") == ["ethereum"]
    assert ids("?sort=-name") == ["ethereum", "bitcoin"]


@pytest.mark.every_backend
def test_assets_come_in_pages() -> None:
    the_catalogue()
    client = APIClient()
    seen: list[str] = []
    cursor = ""
    for _ in range(3):
        body = client.get(f"{API}/assets/", {"limit": "10", "cursor": cursor}).json()
        seen += [item["asset_id"] for item in body["items"]]
        cursor = body["next"]

    assert cursor is None
    assert len(seen) == len(set(seen)) == 23


@pytest.mark.parametrize("query", ["?sort=colour", "?limit=0", "?limit=101", "?colour=red", f"?q={'x' * 51}"])
def test_a_wrong_query_is_refused(query: str) -> None:
    answer = APIClient().get(f"{API}/assets/{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_a_cursor_of_another_list_is_refused() -> None:
    the_catalogue()
    cursor = APIClient().get(f"{API}/assets/?limit=2").json()["next"]

    answer = APIClient().get(f"{API}/assets/", {"limit": "2", "sort": "name", "cursor": cursor})

    assert (answer.status_code, answer.json()["code"]) == (400, "cursor_refused")


def test_movers() -> None:
    body = APIClient().get(f"{API}/assets/movers/").json()

    assert [item["asset_id"] for item in body["gainers"]] == ["bitcoin"]
    assert body["losers"] == []


def test_prices_of_those_named_in_their_order() -> None:
    body = APIClient().get(f"{API}/prices/?assets=ethereum,bitcoin").json()

    assert body["next"] is None
    assert body["items"][1] == {
        "asset_id": "bitcoin",
        "price": "110.5",
        "at": "2026-01-31T07:00:00.000Z",
        "source": "simulated",
        "age_seconds": 120,
        "stale": False,
    }
    assert body["items"][0]["price"] is None


def test_prices_of_all() -> None:
    items = APIClient().get(f"{API}/prices/").json()["items"]

    assert [item["asset_id"] for item in items] == ["bitcoin", "ethereum"]


@pytest.mark.parametrize("assets", ["gold", "bitcoin,gold", "", ",", ",".join(map(str, range(101)))])
def test_prices_of_unknown_assets_are_refused(assets: str) -> None:
    answer = APIClient().get(f"{API}/prices/", {"assets": assets})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["assets"])


@pytest.mark.parametrize(
    "path", ["assets/", "assets/bitcoin/", "assets/movers/", "prices/", "prices/?assets=bitcoin,ethereum"]
)
def test_each_is_one_request(path: str) -> None:
    with measured() as usage:
        assert APIClient().get(f"{API}/{path}").status_code == 200

    assert usage.requests == 1


@pytest.mark.parametrize("path", ["assets/", "assets/bitcoin/", "prices/", "assets/bitcoin/candles/"])
def test_nothing_can_be_written(path: str) -> None:
    answer = APIClient().post(f"{API}/{path}", {}, format="json")

    assert answer.status_code in (401, 403, 405)
