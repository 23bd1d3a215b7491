"""Nothing of somebody else's: absent and foreign look the same."""

import pytest

from core.accounts.domain import User
from core.storage import measured
from portfolio import selectors
from tests.answers import neutral
from tests.builders import a_user, api_client, signed_in
from tests.portfolio.builders import a_coin, an_id, bought


@pytest.fixture
def alice() -> User:
    a_coin()
    return a_user()


@pytest.mark.parametrize("path", ["/portfolio/orders/{}/", "/api/v1/orders/{}/"])
def test_an_order_of_somebody_else_looks_like_none(alice: User, path: str) -> None:
    order, bob = bought(alice, quantity="1"), a_user("bob")
    client = api_client(bob) if path.startswith("/api") else signed_in(bob)
    found = []
    for order_id in (order.order_id, an_id()):
        with measured() as usage:
            response = client.get(path.format(order_id))
        found.append((response.status_code, neutral(response, order_id), usage.requests))
    assert found[0] == found[1]
    assert found[0][0] == 404


def test_an_order_id_of_somebody_else_is_free(alice: User) -> None:
    order, bob = bought(alice, quantity="1"), a_user("bob")
    response = api_client(bob).post(
        "/api/v1/orders/",
        {"order_id": order.order_id, "side": "buy", "asset_id": "bitcoin", "quantity": "2"},
        format="json",
    )
    assert response.status_code == 201
    assert selectors.order_get("alice", order.order_id) == order


def test_lists_show_the_own_alone(alice: User) -> None:
    bought(alice, quantity="1")
    client = api_client(a_user("bob", account="empty"))
    for path in ("portfolio/ledger/", "transactions/", "orders/"):
        assert client.get(f"/api/v1/{path}").json() == {"items": [], "next": None}
    assert client.get("/api/v1/portfolio/").json()["holdings"] == []


@pytest.mark.parametrize("path", ["portfolio/ledger/", "transactions/", "orders/"])
def test_a_cursor_of_somebody_else_is_refused(alice: User, path: str) -> None:
    for _ in range(2):
        bought(alice, quantity="1")
    bob = a_user("bob")
    cursor = api_client(alice).get(f"/api/v1/{path}", {"limit": 1}).json()["next"]
    response = api_client(bob).get(f"/api/v1/{path}", {"limit": 1, "cursor": cursor})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_refused")


def test_a_key_that_may_only_read_places_nothing(alice: User) -> None:
    client = api_client(alice, scope="read")
    assert client.get("/api/v1/portfolio/").status_code == 200
    response = client.post("/api/v1/orders/", {"side": "buy", "asset_id": "bitcoin", "quantity": "1"}, format="json")
    assert (response.status_code, response.json()["code"]) == (403, "scope_too_narrow")
