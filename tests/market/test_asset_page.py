"""The page of an asset: price, facts, candles as chart and table, ways on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from core.storage import measured
from market.services import star_set, ticks_record
from tests.builders import a_user, signed_in
from tests.market.builders import a_bar, a_tick, an_asset
from tests.market.pages import Element, page

NOW = datetime(2026, 3, 8, 20, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _bitcoin_with_two_days_of_hours() -> Iterator[None]:
    with time_machine.travel(NOW + timedelta(seconds=4), tick=False):
        an_asset("bitcoin")
        hours = [NOW - timedelta(hours=back) for back in range(48, -1, -1)]
        ticks_record(
            [
                a_bar("100", str(110 + number), "90", str(100 + number), at, source="simulated")
                for number, at in enumerate(hours)
            ]
        )
        yield


def shown(query: str = "", client: Client | None = None) -> Element:
    return page((client or Client()).get(f"/markets/bitcoin/{query}"))


def test_price_with_its_change_time_and_source() -> None:
    price = shown().one("div", id="asset-price").text

    assert "148.00" in price
    assert "in 24 hours" in price
    assert "just now" in price
    assert "simulated" in price


def test_facts_of_the_last_day() -> None:
    facts = shown().one("dl", id="asset-facts").text

    assert "24 h high 158.00" in facts
    assert "24 h low 90.00" in facts
    assert "24 h volume \u2013 not known" in facts


def test_a_chart_of_hours_with_a_sentence_and_the_same_numbers_as_a_table() -> None:
    asset = shown()
    figure = asset.one("figure")
    table = asset.one("table", id=figure.attributes["data-table"])

    assert figure.attributes["data-chart"] == "candles"
    assert "Bitcoin rose" in figure.one("figcaption").text
    assert "between 90.00 and 158.00" in figure.one("figcaption").text
    rows = list(table.one("tbody").every("tr"))
    assert len(rows) == 49
    assert rows[-1].text == "8 Mar, 20:00 100.00 158.00 90.00 148.00"
    assert [cell.attributes["data-value"] for cell in rows[-1].every("td")] == ["100", "158", "90", "148"]


def test_without_scripts_a_curve_is_in_the_chart() -> None:
    assert shown().one("figure").one("svg").attributes["role"] == "img"


def test_the_interval_is_in_the_address() -> None:
    days = shown("?interval=1d")

    assert days.one("a", href="?interval=1d").attributes["aria-current"] == "true"
    assert [row.text.split(" 1")[0] for row in days.one("tbody").every("tr")] == [
        "6 Mar 2026",
        "7 Mar 2026",
        "8 Mar 2026",
    ]


def test_an_unknown_interval_shows_hours() -> None:
    assert shown("?interval=2h").one("a", href="?interval=1h").attributes["aria-current"] == "true"


def test_where_the_feed_has_only_days_they_are_shown() -> None:
    an_asset("ethereum")
    ticks_record([a_bar("1", "2", "1", "2", NOW, asset_id="ethereum", seconds=86_400)])

    assert page(Client().get("/markets/ethereum/")).one("a", href="?interval=1d").attributes["aria-current"] == "true"


def test_hours_are_the_readers_own_and_days_are_utc_days() -> None:
    # In New York the clock went forward at 02:00 that morning: 20:00 UTC is 16:00, and the day before 07:00 was 02:00.
    client = signed_in(a_user(time_zone="America/New_York"))

    hours = [row.text[:13] for row in shown(client=client).one("tbody").every("tr")]
    days = [row.text[:10] for row in shown("?interval=1d", client).one("tbody").every("tr")]

    assert hours[-1] == "8 Mar, 16:00 "
    assert "8 Mar, 01:00 " in hours
    assert "8 Mar, 02:00 " not in hours
    assert days[-1] == "8 Mar 2026"


def test_traded_volume_is_a_column_where_the_feed_has_it() -> None:
    an_asset("ethereum")
    ticks_record([a_bar("1", "2", "1", "2", NOW, asset_id="ethereum", volume="2.5")])

    table = page(Client().get("/markets/ethereum/")).one("table")

    assert [heading.text for heading in table.one("thead").every("th")][-1] == "Volume"
    assert table.one("tbody").text.endswith("2.5")


def test_an_asset_without_a_price_says_so_and_offers_no_empty_chart() -> None:
    an_asset("dogecoin")

    empty = page(Client().get("/markets/dogecoin/"))

    assert "No price from the feed yet" in empty.text
    assert "No candles of this length yet" in empty.text
    assert list(empty.every("figure")) == []


def test_a_replay_is_named_as_such_and_its_candles_are_those_of_its_own_time() -> None:
    an_asset("ethereum")
    ticks_record([a_tick("5", NOW - timedelta(days=900), asset_id="ethereum", source="replay:winter.csv")])

    past = page(Client().get("/markets/ethereum/"))

    assert "replay of winter.csv" in past.one("div", id="asset-price").text
    assert "stale" not in past.one("div", id="asset-price").text
    assert len(list(past.one("tbody").every("tr"))) == 1


def test_ways_on_to_trade_and_to_an_alert() -> None:
    links = {link.text: link.attributes["href"] for link in shown().every("a")}

    assert links["Buy"] == "/portfolio/trade/?asset=bitcoin&side=buy"
    assert links["Sell"] == "/portfolio/trade/?asset=bitcoin&side=sell"
    assert links["Create an alert"] == "/alerts/add/?asset=bitcoin"


def test_the_chart_script_comes_only_with_a_chart() -> None:
    an_asset("dogecoin")

    assert b"charts.js" in Client().get("/markets/bitcoin/").content
    assert b"charts.js" not in Client().get("/markets/dogecoin/").content
    assert b"charts.js" not in Client().get("/markets/").content


def test_the_star_is_the_readers_own() -> None:
    alice = signed_in(a_user("alice"))
    star_set("alice", "bitcoin")

    assert pressed(alice) == "true"
    assert pressed(signed_in(a_user("bob"))) == "false"


def test_for_every_reader_the_page_is_two_requests() -> None:
    client = signed_in(a_user())

    with measured() as visitors:
        shown()
    with measured() as members:
        shown(client=client)

    assert visitors.requests == 2
    assert members.without("Users", "Sessions").requests == 2


def test_an_unknown_asset() -> None:
    assert Client().get("/markets/gold/").status_code == 404


def pressed(client: Client) -> str:
    return shown(client=client).one("form", **{"class": "star"}).one("button").attributes["aria-pressed"]
