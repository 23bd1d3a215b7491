"""The list of assets: searching, sorting, watching, missing and stale prices, and what it costs."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core import clock
from core.storage import Change, Update, measured, store
from market.services import star_set, ticks_record
from market.tables import ASSETS
from tests.builders import a_user, signed_in
from tests.market.builders import a_tick, an_asset, the_catalogue
from tests.market.pages import Element, page


@pytest.fixture(autouse=True)
def _three_assets() -> None:
    """Bitcoin up by a tenth to 110, Ether down by a tenth to 90, Dogecoin without a price."""
    now = clock.now()
    for asset_id in ("bitcoin", "ethereum", "dogecoin"):
        an_asset(asset_id)
    ticks_record(
        [
            a_tick("100", now - timedelta(hours=25), asset_id="bitcoin"),
            a_tick("110", now, asset_id="bitcoin"),
            a_tick("100", now - timedelta(hours=25), asset_id="ethereum"),
            a_tick("90", now, asset_id="ethereum"),
        ]
    )


def rows(client: Client, query: str = "") -> list[str]:
    """The rows' texts, without their ranks."""
    body = next(iter(page(client.get(f"/markets/{query}")).every("tbody")), None)
    return [] if body is None else [row.text.split(" ", 1)[1] for row in body.every("tr")]


def names(client: Client, query: str = "") -> list[str]:
    return [row.split()[1] for row in rows(client, query)]


def headings(query: str = "") -> dict[str, Element]:
    head = page(Client().get(f"/markets/{query}")).one("thead")
    return {heading.text: heading for heading in head.every("th")}


def test_a_visitor_sees_every_asset_by_rank_with_price_and_change() -> None:
    first, second, third = rows(Client())

    assert first.startswith("B Bitcoin BTC 110.00")
    assert "+10.00 %" in first.replace("\u00a0", " ")
    assert "\u221210.00 %" in second.replace("\u00a0", " ")
    assert third.startswith("D Dogecoin DOGE \u2013 not known")


def test_what_is_missing_is_not_zero() -> None:
    assert "0.00" not in rows(Client(), "?q=doge")[0]


@pytest.mark.parametrize("query", ["?q=bitc", "?q=BTC", "?q=bitcoin%20btc"])
def test_searching_by_name_or_symbol(query: str) -> None:
    assert names(Client(), query) == ["Bitcoin"]


def test_a_search_that_finds_nothing_links_to_the_whole_list() -> None:
    found = page(Client().get("/markets/?q=gold"))

    assert "Nothing found" in found.text
    assert found.one("div", **{"class": "empty"}).one("a").attributes["href"] == "/markets/"
    assert found.one("input", name="q").attributes["value"] == "gold"


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-price", ["Bitcoin", "Ethereum", "Dogecoin"]),
        ("price", ["Ethereum", "Bitcoin", "Dogecoin"]),
        ("change", ["Ethereum", "Bitcoin", "Dogecoin"]),
        ("name", ["Bitcoin", "Dogecoin", "Ethereum"]),
        ("-rank", ["Dogecoin", "Ethereum", "Bitcoin"]),
        ("nonsense", ["Bitcoin", "Ethereum", "Dogecoin"]),
    ],
)
def test_sorting_is_in_the_address_and_the_unknown_comes_last(sort: str, expected: list[str]) -> None:
    assert names(Client(), f"?sort={sort}") == expected


def test_the_sorted_column_says_so() -> None:
    assert headings("?sort=-price")["Price"].attributes["aria-sort"] == "descending"
    assert "aria-sort" not in headings("?sort=-price")["24 h"].attributes
    assert headings()["#"].attributes["aria-sort"] == "ascending"


def test_a_sorted_column_reverses_and_keeps_the_search() -> None:
    link = headings("?q=e&sort=-price")["Price"].one("a").attributes["href"]

    assert link == "?q=e&sort=price"


def test_a_stale_price_is_marked() -> None:
    with time_machine.travel(clock.now() + timedelta(minutes=4), tick=False):
        stale = rows(Client())

    assert "stale" in stale[0]
    assert "stale" not in rows(Client())[0]


def test_the_header_shows_the_age_of_the_oldest_price() -> None:
    with time_machine.travel(clock.now() + timedelta(seconds=42), tick=False):
        header = page(Client().get("/markets/")).one("p", id="feed").text

    assert "42 s" in header


def test_an_inactive_asset_is_not_listed() -> None:
    store().transact_write([Change(ASSETS, {"asset_id": "bitcoin"}, Update(set={"active": False}))])

    assert names(Client()) == ["Ethereum", "Dogecoin"]


def test_before_the_market_is_set_up_the_page_has_a_link_to_load_it_again() -> None:
    for asset_id in ("bitcoin", "ethereum", "dogecoin"):
        store().delete(ASSETS, {"asset_id": asset_id})

    empty = page(Client().get("/markets/")).one("div", **{"class": "empty"})

    assert empty.one("a").attributes["href"] == "/markets/"


def test_only_the_watchlist_on_request() -> None:
    alice = a_user("alice")
    star_set("alice", "ethereum")

    assert names(signed_in(alice), "?watched=on") == ["Ethereum"]
    assert names(signed_in(a_user("bob")), "?watched=on") == []


def test_an_empty_watchlist_links_to_every_asset() -> None:
    empty = page(signed_in(a_user()).get("/markets/?watched=on")).one("div", **{"class": "empty"})

    assert empty.one("a").attributes["href"] == "/markets/"


def test_the_star_shows_what_is_on_the_watchlist() -> None:
    alice = a_user("alice")
    star_set("alice", "ethereum")

    stars = page(signed_in(alice).get("/markets/")).one("tbody").every("button")

    assert [star.attributes["aria-pressed"] for star in stars] == ["false", "true", "false"]


def test_for_a_visitor_the_list_is_one_request() -> None:
    the_catalogue()

    with measured() as usage:
        Client().get("/markets/?q=o&sort=-change")

    assert usage.requests == 1


def test_for_a_user_one_more_for_the_stars() -> None:
    client = signed_in(a_user())

    with measured() as usage:
        client.get("/markets/")

    assert usage.without("Users", "Sessions").requests == 2
