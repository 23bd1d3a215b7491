"""Every endpoint with input that makes no sense: a clear 400 that names the field, and nothing written."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from portfolio import selectors
from tests.builders import a_user, api_client
from tests.portfolio.builders import a_coin

MOVEMENT: dict[str, Any] = {"amount": "10", "description": "x"}
ORDER: dict[str, Any] = {"side": "buy", "asset_id": "bitcoin", "quantity": "1"}
TRADE: dict[str, Any] = {
    "type": "buy",
    "asset_id": "bitcoin",
    "timestamp": "2025-02-03T10:30:00Z",
    "quantity": "1",
    "price": "90",
    "fee": "1",
}
BAD_NUMBERS: list[Any] = [
    "NaN",
    "Infinity",
    "-1",
    "0",
    "1e400",
    "1e16",
    "0.000000001",
    "",
    "ten",
    "1_0",
    "１２",
    "١٢",
    12.5,
    "1,5",
    None,
    True,
    [],
    {},
]
BAD_ASSETS: list[Any] = ["nothing", "", "two words", "x" * 101, None, 5, ["bitcoin"], "\x00"]
NOTHING = object()

WRONG_IN_ORDERS: dict[str, list[Any]] = {
    "quantity": [*BAD_NUMBERS, NOTHING],
    "side": ["hold", "", None, "BUY", NOTHING],
    "asset_id": [*BAD_ASSETS, NOTHING],
    "type": ["limit", "", None],
    "amount": ["10"],
    "limit_price": ["90"],
}
WRONG_IN_TRADES: dict[str, list[Any]] = {
    "quantity": [*BAD_NUMBERS, NOTHING],
    "price": [*BAD_NUMBERS, NOTHING],
    "fee": ["-1", "NaN", "1e400", "0.001", "x", None],
    "type": ["short", "", None, NOTHING],
    "asset_id": [*BAD_ASSETS, NOTHING],
    "timestamp": ["2999-01-01T00:00:00Z", "2025-02-03", "yesterday", "", None, 5, "0001-01-01T00:00:00+14:00"],
    "settlement": ["elsewhere", "", None],
    "transaction_id": ["1", "", None],
    "colour": ["red"],
}
CASES: list[tuple[str, dict[str, Any], str, Any]] = [
    *(
        (f"portfolio/{path}/", MOVEMENT, "amount", bad)
        for path in ("deposits", "withdrawals")
        for bad in [*BAD_NUMBERS, "0.001", NOTHING]
    ),
    ("portfolio/deposits/", MOVEMENT, "description", "x" * 501),
    ("portfolio/deposits/", MOVEMENT, "description", {"a": 1}),
    *(
        (path, ORDER, field, bad)
        for path in ("orders/", "orders/preview/")
        for field, values in WRONG_IN_ORDERS.items()
        for bad in values
    ),
    *(("orders/", ORDER, "order_id", bad) for bad in ("1", "", None, "550e8400-e29b-41d4-a716-446655440000")),
    *(("transactions/", TRADE, field, bad) for field, values in WRONG_IN_TRADES.items() for bad in values),
]


@pytest.fixture
def client() -> APIClient:
    a_coin()
    return api_client(a_user())


@pytest.mark.parametrize(("path", "body", "field", "bad"), CASES)
def test_a_wrong_field_is_named(client: APIClient, path: str, body: dict[str, Any], field: str, bad: object) -> None:
    changed = {name: value for name, value in {**body, field: bad}.items() if value is not NOTHING}
    response = client.post(f"/api/v1/{path}", changed, format="json")
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
    assert list(response.json()["errors"]) == [field]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert len(selectors.ledger_all("alice")) == 1


@pytest.mark.parametrize(
    "path", ["portfolio/deposits/", "portfolio/withdrawals/", "orders/", "orders/preview/", "transactions/"]
)
@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', "null", '{"amount": NaN}', '{"amount": 1e999}'])
def test_a_body_that_is_not_an_object(client: APIClient, path: str, body: str) -> None:
    response = client.post(f"/api/v1/{path}", body, content_type="application/json")
    assert response.status_code == 400
    assert response.json()["code"] in ("malformed", "invalid")


def test_another_type_of_order_says_what_is_taken(client: APIClient) -> None:
    response = client.post("/api/v1/orders/", {**ORDER, "type": "limit"}, format="json")
    assert list(response.json()["errors"]) == ["type"]


@pytest.mark.parametrize(
    ("path", "name", "bad"),
    [
        ("portfolio/ledger/", "type", "GIFT"),
        ("portfolio/ledger/", "from", "yesterday"),
        ("portfolio/ledger/", "to", "2026-13-01"),
        ("portfolio/ledger/", "to", "9999-12-31"),
        ("portfolio/ledger/", "limit", "0"),
        ("portfolio/ledger/", "colour", "red"),
        ("transactions/", "from", "1969-12-31"),
        ("transactions/", "asset", "x" * 101),
        ("transactions/", "limit", "101"),
        ("transactions/", "side", "buy"),
        ("orders/", "asset", "x" * 101),
        ("orders/", "status", "open"),
        ("orders/", "limit", "many"),
    ],
)
def test_a_wrong_filter_is_named(client: APIClient, path: str, name: str, bad: str) -> None:
    response = client.get(f"/api/v1/{path}", {name: bad})
    assert (response.status_code, list(response.json()["errors"])) == (400, [name])


@pytest.mark.parametrize("path", ["portfolio/ledger/", "transactions/"])
def test_a_range_that_ends_before_it_begins(client: APIClient, path: str) -> None:
    response = client.get(f"/api/v1/{path}", {"from": "2026-02-01", "to": "2026-01-31"})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["to"])


@pytest.mark.parametrize("path", ["portfolio/ledger/", "transactions/", "orders/"])
def test_a_broken_cursor(client: APIClient, path: str) -> None:
    response = client.get(f"/api/v1/{path}", {"cursor": "abc"})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_refused")


@pytest.mark.parametrize("order_id", ["1", "%00", "x" * 2000, "ünïcödé", "01932f0a-7c00-7abc-8def-0123456789ab"])
def test_an_order_that_is_not_there(client: APIClient, order_id: str) -> None:
    response = client.get(f"/api/v1/orders/{order_id}/")
    assert (response.status_code, response.json()["code"]) == (404, "not_found")


def test_a_description_beyond_unicode_is_refused(client: APIClient) -> None:
    body = '{"amount": "1", "description": "\\ud800"}'
    response = client.post("/api/v1/portfolio/deposits/", body, content_type="application/json")
    problem = response.json()
    assert (response.status_code, problem["code"], problem["errors"]) == (400, "malformed", {})
    assert problem["detail"].startswith("The body is not valid JSON: ")
