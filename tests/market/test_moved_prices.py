"""Refreshing prices in place: only cells come, so that no row moves."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core import clock
from core.storage import measured
from tests.builders import a_user, signed_in
from tests.market.builders import an_asset
from tests.market.pages import Element, page

HTMX: dict[str, Any] = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def _two_assets() -> None:
    an_asset("bitcoin", price="100")
    an_asset("ethereum", price="50", at=clock.now() - timedelta(minutes=9))


def fragment(path: str) -> Element:
    return page(Client().get(path, **HTMX))


def test_every_cell_names_its_place() -> None:
    cells = list(fragment("/markets/moved/?assets=bitcoin,ethereum").every("td"))

    assert {cell.attributes["id"] for cell in cells} == {
        "price-bitcoin",
        "change-bitcoin",
        "price-ethereum",
        "change-ethereum",
    }
    assert {cell.attributes["hx-swap-oob"] for cell in cells} == {"true"}


def test_no_row_comes_with_them() -> None:
    assert list(fragment("/markets/moved/?assets=bitcoin").every("tr")) == []


def test_it_brings_price_staleness_and_the_age_in_the_header() -> None:
    moved = fragment("/markets/moved/?assets=bitcoin,ethereum")

    assert moved.one("td", id="price-bitcoin").text == "100.00"
    assert moved.one("td", id="price-ethereum").text == "50.00 stale"
    assert "prices 9 min old" in moved.one("p", id="feed").text


@pytest.mark.parametrize("query", ["", "?assets=", "?assets=gold", "?assets=bitcoin,bitcoin,,gold"])
def test_ids_that_are_not_there_are_left_out(query: str) -> None:
    cells = list(fragment(f"/markets/moved/{query}").every("td"))

    assert {cell.attributes["id"] for cell in cells} <= {"price-bitcoin", "change-bitcoin"}


def test_it_is_one_request() -> None:
    with measured() as usage:
        fragment("/markets/moved/?assets=bitcoin,ethereum")

    assert usage.requests == 1


def test_without_htmx_it_redirects_to_the_list() -> None:
    answer = Client().get("/markets/moved/?assets=bitcoin")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/markets/")


def test_the_list_asks_for_what_it_shows_as_often_as_the_reader_wants() -> None:
    client = signed_in(a_user(refresh_seconds=30))

    table = page(client.get("/markets/?sort=-rank")).one("table")

    assert table.attributes["hx-get"] == "/markets/moved/?assets=ethereum%2Cbitcoin"
    assert table.attributes["hx-trigger"] == "every 30s, moved from:body"
    assert page(Client().get("/markets/")).one("table").attributes["hx-trigger"] == "every 15s, moved from:body"


def test_every_place_that_is_refreshed_is_on_the_page() -> None:
    shown = page(Client().get("/markets/"))
    moved = fragment(shown.one("table").attributes["hx-get"])

    ids = {cell.attributes.get("id") for cell in shown.every("td")}
    assert {cell.attributes["id"] for cell in moved.every("td")} <= ids


def test_an_asset_page_refreshes_price_and_facts_with_one_request() -> None:
    with measured() as usage:
        moved = fragment("/markets/bitcoin/")

    assert usage.requests == 1
    assert moved.one("div", id="asset-price").attributes["hx-swap-oob"] == "true"
    assert "100.00" in moved.one("div", id="asset-price").text
    assert moved.one("dl", id="asset-facts").attributes["hx-swap-oob"] == "true"
    assert list(moved.every("figure")) == []


def test_a_cache_keeps_page_and_fragment_apart() -> None:
    assert "HX-Request" in Client().get("/markets/bitcoin/").headers["Vary"]
