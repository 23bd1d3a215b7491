"""A type of order that the product does not know: placed, filled by its own price and shown, by page and API."""

from decimal import Decimal
from typing import ClassVar

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core.accounts.domain import User
from core.storage import Store
from portfolio.domain.order_types import ORDER_TYPES
from portfolio.domain.orders import OrderDraft
from portfolio.domain.quoted import Quote, Quoted, quote_of
from tests.builders import a_user, api_client, signed_in
from tests.portfolio.builders import a_coin, an_id, check_adds_up
from tests.portfolio.pages import hidden_fields, text_of
from tests.reconciling.books import found

BUY = {"side": "buy", "asset_id": "bitcoin", "quantity": "2", "type": "slipped"}


class Slipped:
    """Fills at once, at a price that is worse than the latest by a hundredth."""

    name: ClassVar[str] = "slipped"
    label: ClassVar[str] = "Slipped"

    def quote(self, draft: OrderDraft, asset: Quoted) -> Quote:
        latest = quote_of(asset)
        worse = Decimal("1.01") if draft.side == "buy" else Decimal("0.99")
        return Quote(latest.price * worse, latest.at, latest.source)


@pytest.fixture(autouse=True)
def order_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """The type is listed as one of the product would be, until the test ends."""
    monkeypatch.setitem(ORDER_TYPES, Slipped.name, Slipped())


@pytest.fixture
def alice() -> User:
    a_coin(price="100")
    return a_user()


@pytest.fixture
def client(alice: User) -> APIClient:
    return api_client(alice)


def test_it_is_previewed_filled_and_shown_by_the_api(alice: User, client: APIClient, store: Store) -> None:
    preview = client.post("/api/v1/orders/preview/", BUY, format="json").json()
    assert (preview["price"], preview["total"]) == ("101", "202.00")
    order = client.post("/api/v1/orders/", {**BUY, "order_id": an_id()}, format="json").json()
    assert (order["type"], order["status"], order["price"], order["amount"]) == ("slipped", "filled", "101", "202.00")
    assert client.get(f"/api/v1/orders/{order['order_id']}/").json() == order
    client.post("/api/v1/orders/", {**BUY, "side": "sell", "quantity": "1"}, format="json")
    portfolio = client.get("/api/v1/portfolio/").json()
    assert (portfolio["holdings"][0]["quantity"], portfolio["holdings"][0]["average_cost"]) == ("1", "101")
    assert (portfolio["cash"]["balance"], portfolio["totals"]["realized"]) == ("9897.00", "-2.00")
    check_adds_up(alice)
    assert found(store, username="alice") == []


def test_the_same_id_with_another_type_is_another_order(client: APIClient) -> None:
    body = {**BUY, "order_id": an_id()}
    first = client.post("/api/v1/orders/", body, format="json")
    assert client.post("/api/v1/orders/", body, format="json").json() == first.json()
    other = client.post("/api/v1/orders/", {**body, "type": "market"}, format="json")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    assert list(other.json()["errors"]) == ["type"]


def test_it_is_chosen_previewed_and_placed_on_the_page(alice: User) -> None:
    browser = signed_in(alice)
    asked = {"side": "buy", "asset": "bitcoin", "type": "slipped", "by": "quantity", "size": "2"}
    page = text_of(browser, "/portfolio/trade/", **asked)
    assert "You pay 202.00" in page
    order = _placed(browser, asked)
    assert "Type Slipped order to buy" in order
    assert "Price 101.00" in order
    assert "Gain by average cost" in _placed(browser, {**asked, "side": "sell", "size": "1"})
    page = text_of(browser, "/portfolio/")
    assert "1 BTC" in page
    assert "Realized gain \u22122.00" in page
    check_adds_up(alice)


def test_one_that_is_not_listed_is_refused_and_an_order_of_one_no_longer_listed_can_be_read(
    alice: User, client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = client.post("/api/v1/orders/", BUY, format="json").json()
    monkeypatch.delitem(ORDER_TYPES, "slipped")
    assert client.get(f"/api/v1/orders/{order['order_id']}/").json() == order
    assert "slipped" in text_of(signed_in(alice), f"/portfolio/orders/{order['order_id']}/")
    response = client.post("/api/v1/orders/", BUY, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["type"])
    assert "Order type" not in text_of(signed_in(alice), "/portfolio/trade/")


def _placed(browser: Client, asked: dict[str, str]) -> str:
    """The page of the order that a preview offered to place."""
    response = browser.post("/portfolio/trade/", hidden_fields(browser, "/portfolio/trade/", **asked))
    return text_of(browser, response.headers["Location"])
