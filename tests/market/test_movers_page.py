"""Gainers and losers."""

from datetime import timedelta

from django.test import Client

from core import clock
from core.storage import measured
from market.services import ticks_record
from tests.market.builders import a_tick, an_asset, the_catalogue
from tests.market.pages import page


def moved(**changes: str) -> None:
    """Assets at 100 a day ago, and at this price now."""
    now = clock.now()
    for asset_id, price in changes.items():
        an_asset(asset_id)
        ticks_record(
            [a_tick("100", now - timedelta(hours=25), asset_id=asset_id), a_tick(price, now, asset_id=asset_id)]
        )


def cards() -> list[list[str]]:
    """The names in each card, in order."""
    shown = page(Client().get("/markets/movers/"))
    return [[row.one("a").text for row in card.one("tbody").every("tr")] for card in shown.every("table")]


def test_the_largest_change_first_and_no_change_in_neither() -> None:
    moved(bitcoin="101", ethereum="120", solana="90", cardano="95", tether="100")

    assert cards() == [["Ethereum", "Bitcoin"], ["Solana", "Cardano"]]


def test_where_nothing_lost_the_card_has_no_table() -> None:
    moved(bitcoin="101")

    losers = page(Client().get("/markets/movers/")).one("section", **{"aria-labelledby": "losers"})

    assert list(losers.every("table")) == []
    assert losers.one("p").text


def test_a_market_without_a_day_of_prices_links_to_every_asset() -> None:
    the_catalogue()

    empty = page(Client().get("/markets/movers/")).one("div", **{"class": "empty"})

    assert empty.one("a").attributes["href"] == "/markets/"


def test_it_is_one_request() -> None:
    moved(bitcoin="101", ethereum="120")

    with measured() as usage:
        Client().get("/markets/movers/")

    assert usage.requests == 1
