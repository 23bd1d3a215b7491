"""Rules between apps that do not know each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse

from alerts.domain.notification import NotificationKind
from alerts.tables import NOTIFICATIONS
from core.reconciling.rules import Account, Disagreement
from core.tables import OUTBOX
from portfolio.events import ORDER_FILLED
from portfolio.tables import ORDERS


def filled_orders_are_told_once(account: Account) -> Iterable[Disagreement]:
    """Every filled order is told by one notification, or its event still waits; no notification tells of another."""
    told = Counter(
        item.get("link", "") for item in account.of(NOTIFICATIONS) if item["kind"] == NotificationKind.ORDER.value
    )
    waiting = {item["payload"]["order_id"] for item in account.of(OUTBOX) if item.get("name") == ORDER_FILLED}
    for item in account.of(ORDERS):
        order_id = item["order_id"]
        count = told.pop(reverse("portfolio:order", args=[order_id]), 0)
        if count > 1 or (count == 0 and order_id not in waiting):
            detail = f"{count} notifications tell of it" if count else "no notification tells of it, and no event waits"
            yield Disagreement(account.username, f"Orders {order_id}", detail)
    for link, count in told.items():
        yield Disagreement(account.username, f"Notifications {link}", f"{count} tell of an order that is not there")


RULES = (filled_orders_are_told_once,)
