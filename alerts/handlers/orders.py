"""Reactions to what the portfolio tells."""

from django.urls import reverse

from alerts.domain.facts import Fact
from alerts.domain.notification import NotificationKind
from alerts.routing import route
from alerts.services import fact_notify
from core.currencies import BASE
from core.events import Event
from core.money import Money
from core.presentation import numbers


def notify_order_filled(event: Event) -> None:
    """Tell a user of a filled order, in the history and the notification centre; nobody needs a mail about it."""
    order = event.payload
    verb = "Bought" if order["side"] == "buy" else "Sold"
    price = numbers.with_code(numbers.price(order["price"]), BASE.code)
    amount = numbers.amount(Money(order["amount"], BASE.code))
    what = f"{verb} {numbers.quantity(order['quantity'])} {order['symbol']}"
    fact = Fact(
        kind=NotificationKind.ORDER,
        subject=order["order_id"],
        title=what,
        body=f"{what} at {price}, {amount} in all.",
        link=reverse("portfolio:order", args=[order["order_id"]]),
        channels=route(NotificationKind.ORDER),
    )
    fact_notify(event, fact)
