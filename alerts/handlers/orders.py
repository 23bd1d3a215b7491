"""Reactions to what the portfolio tells."""

from __future__ import annotations

from django.urls import reverse

from alerts.domain.notification import NotificationKind
from alerts.services import notification_writes
from alerts.services.announcing import announce
from core import ids
from core.accounts.repositories.users import open_check
from core.currencies import BASE
from core.events import Event
from core.money import Money
from core.presentation import numbers
from core.storage import TransactionCancelled, store


def tell_order_filled(event: Event) -> None:
    """Tell a user of a filled order, in the notification centre. The same event again tells nothing more.

    Nor is anything told where the account has been closed since.
    """
    order = event.payload
    verb = "Bought" if order["side"] == "buy" else "Sold"
    note_id = ids.derived_id(event.occurred_at, "order filled", event.event_id)
    price = numbers.with_code(numbers.price(order["price"]), BASE.code)
    amount = numbers.amount(Money(order["amount"], BASE.code))
    what = f"{verb} {numbers.quantity(order['quantity'])} {order['symbol']}"
    writes = notification_writes(
        event.username,
        note_id=note_id,
        kind=NotificationKind.ORDER,
        title=what,
        body=f"{what} at {price}, {amount} in all.",
        at=event.occurred_at,
        reference=event.event_id,
        link=reverse("portfolio:order", args=[order["order_id"]]),
    )
    try:
        store().transact_write([*writes, open_check(event.username)])
    except TransactionCancelled as error:
        if error.failed("account"):
            return
        if not error.failed("notification"):
            raise
    announce(event.username, note_id)
