"""What is told of a filled order."""

from __future__ import annotations

import pytest

from alerts.handlers import tell_order_filled
from alerts.selectors import notifications_all, unread_count
from core import outbox
from core.accounts.domain import User
from core.events import Event
from portfolio.events import ORDER_FILLED
from tests.builders import a_user
from tests.portfolio.builders import a_coin, bought, filled


@pytest.fixture
def alice() -> User:
    return a_user("alice")


def test_a_filled_order_is_told_once(alice: User) -> None:
    a_coin(price="100")
    order = bought(alice, quantity="2.5")
    outbox.sweep()
    (note,) = notifications_all("alice")
    assert (note.kind, note.title, note.link) == ("order", "Bought 2.5 BTC", f"/portfolio/orders/{order.order_id}/")
    assert note.body == "Bought 2.5 BTC at 100.00 USD, 250.00 USD in all."
    outbox.sweep()
    assert unread_count("alice") == 1


def test_the_same_event_again_tells_nothing_more(alice: User) -> None:
    a_coin(price="100")
    order = bought(alice, quantity="1")
    payload = {
        "order_id": order.order_id,
        "side": "sell",
        "asset_id": "bitcoin",
        "symbol": "BTC",
        "quantity": filled(order).quantity,
        "price": filled(order).price,
        "amount": filled(order).amount,
    }
    event = Event(ORDER_FILLED, "alice", payload)
    for _ in range(2):
        tell_order_filled(event)
    assert [note.title for note in notifications_all("alice")] == ["Sold 1 BTC"]
