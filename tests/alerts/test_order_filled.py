"""The notification of a filled order."""

from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import Words
from alerts.handlers import notify_order_filled
from alerts.selectors import FactEntry, history_newest, notifications_all, unread_newest
from alerts.services.notifications import notification_writes
from core import clock, ids, outbox
from core.accounts.domain import User
from core.events import Event
from core.storage import Store
from portfolio.events import ORDER_FILLED
from tests.builders import api_client, signed_in
from tests.portfolio.builders import a_coin, bought, filled
from tests.reconciling.books import found


def test_a_filled_order_notifies_once(alice: User) -> None:
    a_coin(price="100")
    order = bought(alice, quantity="2.5")
    outbox.sweep()
    (note,) = notifications_all("alice")
    assert (note.kind, note.title, note.link) == ("order", "Bought 2.5 BTC", f"/portfolio/orders/{order.order_id}/")
    for part in ("2.5 BTC", "100.00 USD", "250.00 USD"):
        assert part in note.body
    (entry,) = history_newest("alice", 10).items
    assert isinstance(entry, FactEntry)
    assert (entry.kind, entry.notification_kind, entry.subject) == ("order", "order", order.order_id)
    assert (entry.title, entry.link, entry.notification_id) == (note.title, note.link, note.notification_id)
    assert entry.channels == ("in_app",)
    outbox.sweep()
    assert len(unread_newest("alice")) == 1
    assert history_newest("alice", 10).items == (entry,)


def test_the_same_event_again_adds_nothing(alice: User) -> None:
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
        notify_order_filled(event)
    assert [note.title for note in notifications_all("alice")] == ["Sold 1 BTC"]
    assert len(history_newest("alice", 10).items) == 1


def test_the_history_lists_it_on_the_page_and_by_the_api(alice: User) -> None:
    a_coin(price="100")
    order = bought(alice, quantity="2.5")
    outbox.sweep()
    lines = signed_in(alice).get("/alerts/history/?kind=order").context["lines"]
    assert [(line.notification_kind, line.title, line.link) for line in lines] == [
        ("order", "Bought 2.5 BTC", f"/portfolio/orders/{order.order_id}/")
    ]
    (row,) = api_client(alice).get("/api/v1/alerts/history/", {"kind": "order"}).json()["items"]
    assert (row["kind"], row["type"], row["subject"]) == ("order", "order", order.order_id)


def test_a_notification_of_an_earlier_release_needs_no_row_in_the_history(store: Store, alice: User) -> None:
    at, event_id = clock.now(), ids.new_id()
    store.transact_write(
        notification_writes(
            "alice",
            note_id=ids.derived_id(at, "order filled", event_id),
            kind=NotificationKind.ORDER,
            words=Words("Bought 1 BTC", "Bought 1 BTC at 100.00 USD.", ""),
            at=at,
            reference=event_id,
        )
    )
    assert [each for each in found(store) if each.rule == "facts_notify_once"] == []
