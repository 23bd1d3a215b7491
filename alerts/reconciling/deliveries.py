"""Deliveries and the notifications they carry out."""

from collections.abc import Iterable
from datetime import timedelta

from alerts.domain.notification import DeliveryStatus
from alerts.reconciling.rows import about_delivery, delivery_items, note_items
from alerts.repositories.deliveries import delivery_from_item
from core import clock
from core.accounts.events import ADDRESS_CONFIRMED
from core.accounts.tables import USERS
from core.events import LONGEST_WAIT
from core.reconciling.rules import Account, Disagreement
from core.tables import OUTBOX


def deliveries_go_out(account: Account) -> Iterable[Disagreement]:
    """No message is due for more than a minute, one that is over is due no more, and one that was sent was sent once.

    None waits for an address to be proved that is. A notification is among the unread until it was read, and not after.
    """
    latest = account.now - timedelta(seconds=LONGEST_WAIT)
    released = any(item.get("name") == ADDRESS_CONFIRMED for item in account.of(OUTBOX))
    is_proved = not released and all("email_unconfirmed_since" not in item for item in account.of(USERS))
    for item in delivery_items(account):
        delivery = delivery_from_item(item)
        waits = delivery.status is DeliveryStatus.WAITING
        if (delivery.status.is_final or waits) == ("due" in item):
            yield about_delivery(item, f"status is {delivery.status}, due is {item.get('due')}")
        if waits and is_proved and delivery.due_at < latest:
            yield about_delivery(item, "it waits for an address that is proved")
        if not delivery.status.is_final and not waits and delivery.due_at < latest:
            yield about_delivery(item, f"{delivery.status}, and due since {clock.to_text(delivery.due_at)}")
        if (delivery.status is DeliveryStatus.SENDING) != bool(delivery.lease):
            yield about_delivery(item, f"status is {delivery.status}, lease is {delivery.lease or 'none'}")
        sent = sum(attempt.outcome is DeliveryStatus.SENT for attempt in delivery.attempts)
        if sent != (delivery.status is DeliveryStatus.SENT):
            yield about_delivery(item, f"status is {delivery.status}, and it was sent {sent} times")
    for item in note_items(account):
        if ("unread_for" in item) == ("read_at" in item):
            said = f"unread_for is {item.get('unread_for')}, read_at is {item.get('read_at')}"
            yield Disagreement(account.username, f"Notifications {item['entry']}", said)
