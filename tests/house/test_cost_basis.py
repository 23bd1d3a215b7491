"""A method of cost basis that the product does not know: chosen, previewed, sold by and shown, by page and API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar

import pytest
from django.test import Client
from rest_framework.test import APIClient

from core import clock
from core.accounts.domain import User
from core.money import ZERO
from core.storage import Store
from portfolio.domain.cost_basis import METHODS
from tests.builders import a_user, api_client, signed_in
from tests.portfolio.builders import a_coin, an_id, recorded
from tests.portfolio.pages import hidden_fields, text_of
from tests.reconciling.books import found

SALE = {"side": "sell", "asset_id": "bitcoin", "quantity": "1"}


@dataclass(frozen=True, slots=True)
class LastInFirstOut:
    """A sale takes the units that were bought last. Each lot is its quantity and its cost."""

    method: ClassVar[str] = "lifo"
    label: ClassVar[str] = "Last in, first out"

    lots: tuple[tuple[Decimal, Decimal], ...] = ()

    @property
    def quantity(self) -> Decimal:
        return sum((quantity for quantity, _ in self.lots), ZERO)

    @property
    def cost(self) -> Decimal:
        return sum((cost for _, cost in self.lots), ZERO)

    def bought(self, quantity: Decimal, cost: Decimal) -> LastInFirstOut:
        return LastInFirstOut((*self.lots, (quantity, cost)))

    def cost_of(self, quantity: Decimal) -> Decimal:
        return self.cost - self.sold(quantity).cost

    def sold(self, quantity: Decimal) -> LastInFirstOut:
        if quantity > self.quantity:
            raise ValueError("more units than the pool holds")
        lots = list(self.lots)
        while quantity:
            units, cost = lots.pop()
            if units > quantity:
                lots.append((units - quantity, cost - cost * quantity / units))
            quantity -= min(units, quantity)
        return LastInFirstOut(tuple(lots))


@pytest.fixture(autouse=True)
def method(monkeypatch: pytest.MonkeyPatch) -> None:
    """The method is listed as one of the product would be, until the test ends."""
    monkeypatch.setitem(METHODS, LastInFirstOut.method, LastInFirstOut())


@pytest.fixture
def alice() -> User:
    """One coin bought at 100 and one at 200, at a price of 300."""
    a_coin(price="300")
    user = a_user()
    for days, price in ((9, "100"), (8, "200")):
        recorded(user, "buy", "1", price, clock.now() - timedelta(days=days))
    return user


@pytest.fixture
def client(alice: User) -> APIClient:
    return api_client(alice)


def choose(client: APIClient, method: str) -> None:
    assert client.patch("/api/v1/auth/me/", {"cost_basis_method": method}, format="json").status_code == 200


def figures(client: APIClient) -> tuple[str, str, str, str]:
    """Quantity, average cost and cost of the holding, and the realized gain of the account."""
    body = client.get("/api/v1/portfolio/").json()
    [holding] = body["holdings"]
    return holding["quantity"], holding["average_cost"], holding["cost"], body["totals"]["realized"]


def test_a_sale_by_it_is_previewed_placed_and_shown_by_the_api(client: APIClient, store: Store) -> None:
    choose(client, "lifo")
    assert client.get("/api/v1/auth/me/").json()["cost_basis_method"] == "lifo"
    preview = client.post("/api/v1/orders/preview/", SALE, format="json").json()
    assert preview["gains"] == [{"method": "lifo", "cost": "200.00", "gain": "100.00"}]
    assert client.post("/api/v1/orders/", {**SALE, "order_id": an_id()}, format="json").status_code == 201
    assert figures(client) == ("1", "100", "100.00", "100.00")
    assert found(store, username="alice") == []


def test_going_back_to_average_cost_shows_its_figures_of_the_same_trades(client: APIClient) -> None:
    choose(client, "lifo")
    client.post("/api/v1/orders/", SALE, format="json")
    choose(client, "average")
    assert figures(client) == ("1", "150", "150.00", "150.00")


def test_it_is_chosen_on_the_page_of_settings_and_the_pages_follow(alice: User) -> None:
    browser = signed_in(alice)
    assert _settings_saved(browser, alice, "lifo") == 302
    sale = {"side": "sell", "asset": "bitcoin", "by": "quantity", "size": "1"}
    assert "Gain of this sale +100.00" in text_of(browser, "/portfolio/trade/", **sale)
    response = browser.post("/portfolio/trade/", hidden_fields(browser, "/portfolio/trade/", **sale))
    order = text_of(browser, response.headers["Location"])
    assert "Gain by last in, first out +100.00" in order
    assert "Cost of what was sold 200.00" in order
    page = text_of(browser, "/portfolio/")
    assert "Realized gain +100.00" in page
    assert "Cost of holdings 100.00" in page


def test_one_that_is_not_listed_is_refused_and_one_no_longer_listed_counts_as_average(
    client: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(client, "lifo")
    monkeypatch.delitem(METHODS, "lifo")
    assert figures(client) == ("2", "150", "300.00", "0.00")
    response = client.patch("/api/v1/auth/me/", {"cost_basis_method": "lifo"}, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["cost_basis_method"])


def _settings_saved(browser: Client, user: User, method: str) -> int:
    fields = {"time_zone": user.time_zone, "theme": user.theme, "refresh_seconds": user.refresh_seconds}
    return browser.post("/settings/", {**fields, "cost_basis_method": method}).status_code
