"""Statistics over all assets, on the page, by the API and as a file."""

import csv
import io
import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from core import clock
from core.accounts.domain import User
from core.storage import measured
from market.domain import Asset, statistics_of
from market.selectors import assets_listed
from market.services import asset_add, asset_change
from tests.builders import api_client, signed_in
from tests.console.builders import a_staff_member
from tests.portfolio.builders import a_coin

NOW = clock.now()


def _asset(number: int, change: str | None = None, cap: str | None = None, *, active: bool = True) -> Asset:
    return Asset(
        f"coin-{number}",
        f"C{number}",
        f"Coin {number}",
        rank=number,
        active=active,
        price=Decimal(number),
        price_at=NOW - timedelta(minutes=number),
        change_24h=None if change is None else Decimal(change),
        market_cap=None if cap is None else Decimal(cap),
    )


def test_mean_and_median_are_of_the_assets_whose_change_is_known() -> None:
    assets = [
        _asset(1, "10"),
        _asset(2, "-4"),
        _asset(3, "0"),
        _asset(4, "2"),
        _asset(5),
        _asset(6, "99", active=False),
    ]
    figures = statistics_of(assets, NOW)
    assert (figures.change.mean, figures.change.median, figures.change.known) == (Decimal(2), Decimal(1), 4)
    assert (figures.assets, figures.priced, figures.gaining, figures.losing) == (5, 5, 2, 1)


def test_sums_say_of_how_many_assets_they_are() -> None:
    figures = statistics_of([_asset(1, cap="1000.5"), _asset(2, cap="2000"), _asset(3)], NOW)
    assert (figures.market_cap.total, figures.market_cap.known) == (Decimal("3000.5"), 2)
    assert (figures.volume.total, figures.volume.known) == (None, 0)


def test_ages_are_those_of_the_oldest_and_the_newest_price() -> None:
    figures = statistics_of([_asset(1), _asset(9), _asset(5)], NOW)
    assert (figures.newest_price_at, figures.oldest_price_at) == (
        NOW - timedelta(minutes=1),
        NOW - timedelta(minutes=9),
    )
    assert figures.stale == 2


def test_nothing_is_known_of_no_assets() -> None:
    figures = statistics_of([], NOW)
    assert (figures.change.mean, figures.market_cap.total, figures.newest_price_at) == (None, None, None)


@pytest.fixture
def analyst() -> Client:
    return signed_in(a_staff_member("analyst"))


def _three_coins(ada: User) -> None:
    a_coin(price="100")
    a_coin("ethereum", "10")
    asset_add("evil", symbol="=EVIL", name='=HYPERLINK("http://x")', by=ada, reason="To see what the export does")
    asset_change("ethereum", active=False, by=ada, reason="To see what the export does")


def test_the_page_shows_them_in_one_request_beside_the_session(ada: User, analyst: Client) -> None:
    _three_coins(ada)
    with measured() as usage:
        page = analyst.get("/staff/market/").content.decode()
    assert usage.requests == 2 + 1
    assert "Mean change" in page
    assert "Gainers" in page


def test_the_csv_holds_every_asset_and_no_formula(ada: User, analyst: Client) -> None:
    _three_coins(ada)
    answer = analyst.get("/staff/market/export/?format=csv")
    assert answer["Content-Disposition"].startswith('attachment; filename="cryptopulse-assets-')
    rows = {row["asset_id"]: row for row in csv.DictReader(io.StringIO(answer.getvalue().decode()))}
    assert set(rows) == {"bitcoin", "ethereum", "evil"}
    assert (rows["bitcoin"]["price"], rows["bitcoin"]["active"], rows["ethereum"]["active"]) == ("100", "true", "false")
    assert (rows["evil"]["price"], rows["evil"]["stale"]) == ("", "true")
    assert rows["evil"]["name"].startswith("'=")
    assert rows["evil"]["symbol"].startswith("'=")


def test_the_json_says_the_same(ada: User, analyst: Client) -> None:
    _three_coins(ada)
    answer = analyst.get("/staff/market/export/?format=json")
    assert answer["Content-Type"].startswith("application/json")
    items = {item["asset_id"]: item for item in json.loads(answer.getvalue())["items"]}
    assert items["bitcoin"]["price"] == "100"
    assert items["evil"]["price"] is None


def test_endpoints_have_statistics_and_export(ada: User) -> None:
    _three_coins(ada)
    client = api_client(a_staff_member("analyst"))
    body = client.get("/api/v1/staff/market/").json()
    assert (body["statistics"]["assets"], body["statistics"]["priced"]) == (2, 1)
    assert body["statistics"]["change_24h"]["known"] == len(
        [asset for asset in assets_listed() if asset.active and asset.change_24h is not None]
    )
    listed = client.get("/api/v1/staff/market/export/").json()["items"]
    assert {item["asset_id"] for item in listed} == {"bitcoin", "ethereum", "evil"}
    text = client.get("/api/v1/staff/market/export/?format=csv")
    assert text["Content-Type"].startswith("text/csv")
    assert text.content.decode().startswith("asset_id,symbol,name,")
