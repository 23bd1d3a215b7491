"""The portfolio's endpoints: what they answer."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pytest_django.fixtures import Settings
from rest_framework.test import APIClient

from core import clock
from core.accounts.domain import User
from core.storage import measured
from portfolio import selectors
from tests.builders import a_user, api_client
from tests.portfolio.builders import a_coin, an_id, bought, check_adds_up, recorded, sold

ACCOUNT_TABLES = ("Users", "Sessions", "ApiKeys")


@pytest.fixture
def alice() -> User:
    a_coin(price="100.01")
    return a_user()


@pytest.fixture
def client(alice: User) -> APIClient:
    return api_client(alice)


def test_the_portfolio(alice: User, client: APIClient) -> None:
    bought(alice, quantity="2")
    a_coin("ethereum", "10")
    recorded(alice, "buy", "1", "8", clock.now() - timedelta(days=9), asset_id="ethereum")
    with measured() as usage:
        response = client.get("/api/v1/portfolio/")
    body = response.json()
    assert (response.status_code, usage.without(*ACCOUNT_TABLES).requests) == (200, 2)
    assert body["currency"] == "usd"
    assert body["cash"] == {"balance": "9799.98", "held": "0.00", "available": "9799.98"}
    bitcoin = body["holdings"][0]
    price_at = bitcoin.pop("price_at")
    assert clock.from_text(price_at) <= clock.now()
    assert bitcoin == {
        "asset_id": "bitcoin",
        "symbol": "BTC",
        "quantity": "2",
        "held": "0",
        "average_cost": "100.01",
        "cost": "200.02",
        "price": "100.01",
        "stale": False,
        "value": "200.02",
        "unrealized": "0.00",
        "unrealized_percent": "0.00",
        "share": "2.00",
    }
    assert body["totals"] == {
        "value": "10010.00",
        "complete": True,
        "invested": "208.02",
        "net_deposits": "10008.00",
        "profit": "2.00",
        "profit_percent": "0.02",
        "realized": "0.00",
    }


def test_deposits_and_withdrawals(alice: User, client: APIClient) -> None:
    deposit = client.post("/api/v1/portfolio/deposits/", {"amount": "250.50", "description": "Salary"}, format="json")
    withdrawal = client.post("/api/v1/portfolio/withdrawals/", {"amount": "0.50"}, format="json")
    assert (deposit.status_code, withdrawal.status_code) == (201, 201)
    body = deposit.json()
    moments = body.pop("created_at"), body.pop("effective_at")
    assert moments[0] == moments[1]
    assert body.pop("transaction_id") == selectors.ledger_all("alice")[1].ledger_id
    assert body == {
        "transaction_type": "DEPOSIT",
        "amount": "250.50",
        "previous_balance": "10000.00",
        "new_balance": "10250.50",
        "status": "COMPLETED",
        "description": "Salary",
        "order_id": None,
    }
    assert (withdrawal.json()["transaction_type"], withdrawal.json()["new_balance"]) == ("WITHDRAW", "10250.00")
    check_adds_up(alice)


def test_an_order_by_quantity_and_by_amount(alice: User, client: APIClient) -> None:
    by_quantity = client.post(
        "/api/v1/orders/", {"side": "buy", "asset_id": "bitcoin", "quantity": "0.5"}, format="json"
    )
    by_amount = client.post(
        "/api/v1/orders/", {"side": "sell", "type": "market", "asset_id": "bitcoin", "amount": 25}, format="json"
    )
    assert (by_quantity.status_code, by_amount.status_code) == (201, 201)
    body = by_quantity.json()
    assert {
        name: body[name] for name in ("status", "side", "type", "asset_id", "quantity", "filled_quantity", "price")
    } == {
        "status": "filled",
        "side": "buy",
        "type": "market",
        "asset_id": "bitcoin",
        "quantity": "0.5",
        "filled_quantity": "0.5",
        "price": "100.01",
    }
    assert (body["amount"], body["fee"], body["price_source"]) == ("50.01", "0.00", "test")
    assert (by_amount.json()["amount"], by_amount.json()["quantity"]) == ("25.00", "0.249975")
    assert client.get(f"/api/v1/orders/{body['order_id']}/").json() == body
    check_adds_up(alice)


def test_an_order_with_a_key_is_three_requests(client: APIClient) -> None:
    with measured() as usage:
        response = client.post(
            "/api/v1/orders/",
            {"side": "buy", "asset_id": "bitcoin", "quantity": "1"},
            format="json",
            headers={"Idempotency-Key": "one"},
        )
    assert (response.status_code, usage.without(*ACCOUNT_TABLES).requests) == (201, 3)


def test_the_orders_own_id_makes_it_repeatable(client: APIClient) -> None:
    body = {"order_id": an_id(), "side": "buy", "asset_id": "bitcoin", "quantity": "1"}
    first = client.post("/api/v1/orders/", body, format="json")
    again = client.post("/api/v1/orders/", body, format="json")
    other = client.post("/api/v1/orders/", {**body, "quantity": "2"}, format="json")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert again.json() == first.json()
    assert (other.json()["code"], list(other.json()["errors"])) == ("idempotency_mismatch", ["quantity"])


POSTS = {
    "/api/v1/portfolio/deposits/": {"amount": "10"},
    "/api/v1/portfolio/withdrawals/": {"amount": "10"},
    "/api/v1/orders/": {"side": "buy", "asset_id": "bitcoin", "amount": "10"},
    "/api/v1/transactions/": {
        "type": "buy",
        "asset_id": "bitcoin",
        "timestamp": "2025-02-03T10:30:00Z",
        "quantity": "1",
        "price": "90",
    },
}


CHANGES = {
    "/api/v1/portfolio/deposits/": {"amount": "11"},
    "/api/v1/portfolio/withdrawals/": {"description": "Rent"},
    "/api/v1/orders/": {"amount": "11"},
    "/api/v1/transactions/": {"price": "91"},
}


@pytest.mark.parametrize("path", POSTS)
def test_a_repeated_key_is_answered_as_the_first_time(alice: User, client: APIClient, path: str) -> None:
    def send(body: dict[str, str]) -> Any:
        return client.post(path, body, format="json", headers={"Idempotency-Key": "abc"})

    first, again, other = send(POSTS[path]), send(POSTS[path]), send({**POSTS[path], **CHANGES[path]})
    assert (first.status_code, again.status_code, again.json()) == (201, 201, first.json())
    assert ("Idempotent-Replay" in first.headers, again.headers["Idempotent-Replay"]) == (False, "true")
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_mismatch")
    check_adds_up(alice)


@pytest.mark.parametrize("path", POSTS)
def test_without_a_key_every_request_counts(alice: User, client: APIClient, path: str) -> None:
    client.post(path, POSTS[path], format="json")
    once = len(selectors.ledger_all("alice"))
    client.post(path, POSTS[path], format="json")
    assert len(selectors.ledger_all("alice")) == 2 * once - 1
    check_adds_up(alice)


def test_a_preview(client: APIClient, settings: Settings) -> None:
    settings.ORDER_FEE_BASIS_POINTS = Decimal(100)
    response = client.post(
        "/api/v1/orders/preview/", {"side": "buy", "asset_id": "bitcoin", "quantity": "2"}, format="json"
    )
    body = response.json()
    assert response.status_code == 200
    assert {name: body[name] for name in ("amount", "fee", "total", "cash_after", "quantity_after", "gains")} == {
        "amount": "200.02",
        "fee": "2.00",
        "total": "202.02",
        "cash_after": "9797.98",
        "quantity_after": "2",
        "gains": [],
    }


def test_the_preview_of_a_sale_says_its_gain(alice: User, client: APIClient) -> None:
    recorded(alice, "buy", "2", "50", clock.now() - timedelta(days=9))
    response = client.post(
        "/api/v1/orders/preview/", {"side": "sell", "asset_id": "bitcoin", "quantity": "1"}, format="json"
    )
    assert response.json()["gains"] == [{"method": "average", "cost": "50.00", "gain": "50.01"}]


def test_a_preview_is_refused_as_the_order_would_be(client: APIClient) -> None:
    body = {"side": "sell", "asset_id": "bitcoin", "quantity": "1"}
    answers = [client.post(path, body, format="json") for path in ("/api/v1/orders/preview/", "/api/v1/orders/")]
    assert [answer.status_code for answer in answers] == [409, 409]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["code"] == "insufficient_holdings"


def test_a_past_trade(alice: User, client: APIClient) -> None:
    response = client.post(
        "/api/v1/transactions/",
        {**POSTS["/api/v1/transactions/"], "fee": "1.25", "settlement": "account"},
        format="json",
    )
    body = response.json()
    assert response.status_code == 201
    assert clock.from_text(body.pop("created_at")) <= clock.now()
    assert body == {
        "transaction_id": selectors.trades_all("alice")[0].trade_id,
        "timestamp": "2025-02-03T10:30:00.000Z",
        "type": "buy",
        "asset_id": "bitcoin",
        "symbol": "BTC",
        "quantity": "1",
        "price": "90",
        "amount": "90.00",
        "fee": "1.25",
        "order_id": None,
        "settlement": "account",
        "status": "COMPLETED",
    }
    check_adds_up(alice)


@pytest.mark.parametrize("path", ["/api/v1/portfolio/ledger/", "/api/v1/transactions/", "/api/v1/orders/"])
def test_lists_go_on_by_cursor(alice: User, client: APIClient, path: str) -> None:
    for _ in range(3):
        bought(alice, quantity="1")
    first = client.get(path, {"limit": 2}).json()
    with measured() as usage:
        second = client.get(path, {"limit": 2, "cursor": first["next"]}).json()
    whole = client.get(path).json()
    assert usage.without(*ACCOUNT_TABLES).requests == 1
    assert first["items"] + second["items"] == whole["items"][:4]
    assert whole["next"] is None


def test_filters(alice: User, client: APIClient) -> None:
    a_coin("ethereum", "10")
    bought(alice, quantity="1")
    sold(alice, quantity="1")
    recorded(alice, "buy", "1", "8", clock.from_text("2025-02-03T23:59:59Z"), asset_id="ethereum")

    def found(path: str, **query: str) -> int:
        return len(client.get(f"/api/v1/{path}", query).json()["items"])

    assert found("portfolio/ledger/", type="ORDER_SALE") == 1
    assert found("portfolio/ledger/", to="2020-01-01") == 0
    assert found("transactions/", asset="bitcoin") == 2
    assert found("transactions/", **{"from": "2025-02-01", "to": "2025-02-03"}) == 1
    assert found("transactions/", asset="bitcoin", to="2025-02-03") == 0
    assert found("orders/", asset="ethereum") == 0


def test_a_cursor_is_good_for_its_own_filter_alone(alice: User, client: APIClient) -> None:
    for _ in range(3):
        bought(alice, quantity="1")
    cursor = client.get("/api/v1/transactions/", {"limit": 1}).json()["next"]
    response = client.get("/api/v1/transactions/", {"limit": 1, "cursor": cursor, "asset": "bitcoin"})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_refused")
