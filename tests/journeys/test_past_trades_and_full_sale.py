"""Trades of former years are recorded in any order, then all of the coin is sold: cost, gain and cash agree."""

import pytest

from core import clock
from core.storage import Store
from tests import stores
from tests.journeys.browsing import Person
from tests.market.builders import an_asset

pytestmark = pytest.mark.every_backend(stores.LAGGING)


def test_past_trades_and_a_full_sale(store: Store) -> None:
    an_asset("bitcoin", price="100", at=clock.now())
    an_asset("ethereum", price="10", at=clock.now())
    store.catch_up()
    ada = Person("ada")

    records(ada, "buy", "2023-05-01T12:00", "2", "60")
    records(ada, "buy", "2022-05-01T12:00", "2", "40")
    records(ada, "sell", "2024-05-01T12:00", "1", "90")
    records(ada, "buy", "2024-06-01T12:00", "5", "8", asset="ethereum")
    page = ada.reads("/portfolio/")
    assert "3 BTC" in page
    assert "5 ETH" in page
    refused = ada.browser.post(
        "/portfolio/transactions/add/", hidden(ada) | trade("sell", "2022-04-01T12:00", "1", "90", "bitcoin")
    )
    assert refused.status_code == 422

    order = ada.trades("sell", "bitcoin", by="quantity", size="3")
    sold = ada.reads(order)
    assert all(figure in sold for figure in ("3 BTC", "100.00", "300.00"))

    page = ada.reads("/portfolio/")
    assert "BTC" not in page.partition("Holdings")[2]
    assert "5 ETH" in page
    assert "300.00" in page

    api = ada.browser.get("/api/v1/portfolio/").json()
    assert api["cash"] == {"balance": "300.00", "held": "0.00", "available": "300.00"}
    assert [(held["asset_id"], held["cost"]) for held in api["holdings"]] == [("ethereum", "40.00")]
    # bought four for 200.00, so 50.00 each; sold one for 90.00 and three for 300.00
    assert api["totals"]["realized"] == "190.00"

    store.catch_up()
    of_bitcoin = ada.browser.get("/api/v1/transactions/", {"asset": "bitcoin"}).json()["items"]
    assert [(each["type"], each["quantity"]) for each in of_bitcoin] == [
        ("sell", "3"),
        ("sell", "1"),
        ("buy", "2"),
        ("buy", "2"),
    ]
    (sale,) = ada.browser.get("/api/v1/orders/", {"asset": "bitcoin"}).json()["items"]
    assert order.endswith(f"/{sale['order_id']}/")


def records(person: Person, side: str, at: str, quantity: str, price: str, *, asset: str = "bitcoin") -> None:
    """Record a past trade on its page."""
    person.sends("/portfolio/transactions/add/", **(hidden(person) | trade(side, at, quantity, price, asset)))


def trade(side: str, at: str, quantity: str, price: str, asset: str) -> dict[str, str]:
    return {
        "side": side,
        "asset": asset,
        "timestamp": at,
        "quantity": quantity,
        "price": price,
        "fee": "",
        "settlement": "outside",
    }


def hidden(person: Person) -> dict[str, str]:
    return person.hidden_fields("/portfolio/transactions/add/")
