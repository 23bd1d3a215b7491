"""Rules between apps that do not know each other."""

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse

from alerts.domain.kinds import NotificationKind
from alerts.tables import NOTIFICATIONS
from budgets.events import EXPENSE_CHANGED, EXPENSES_IMPORTED
from budgets.repositories.expenses import expense_from_item
from budgets.tables import EXPENSES
from carbon.events import ENTRY_CHANGED
from carbon.repositories.entries import entry_from_item
from carbon.services.estimates import estimate_of_expense
from carbon.tables import CARBON_ENTRIES
from core.reconciling.rules import Account, Disagreement
from core.storage import Item
from core.tables import OUTBOX
from portfolio.events import ORDER_FILLED
from portfolio.tables import ORDERS


def filled_orders_notify_once(account: Account) -> Iterable[Disagreement]:
    """Every filled order has one notification, or its event still waits; no notification is of another order."""
    notified = Counter(
        item.get("link", "") for item in account.of(NOTIFICATIONS) if item["kind"] == NotificationKind.ORDER.value
    )
    waiting = {item["payload"]["order_id"] for item in account.of(OUTBOX) if item.get("name") == ORDER_FILLED}
    for item in account.of(ORDERS):
        order_id = item["order_id"]
        count = notified.pop(reverse("portfolio:order", args=[order_id]), 0)
        if count > 1 or (count == 0 and order_id not in waiting):
            detail = f"{count} notifications are of it" if count else "no notification is of it, and no event waits"
            yield Disagreement(account.username, f"Orders {order_id}", detail)
    for link, count in notified.items():
        yield Disagreement(account.username, f"Notifications {link}", f"{count} of an order that is not there")


def estimates_follow_expenses(account: Account) -> Iterable[Disagreement]:
    """Every expense of which something is estimated has its estimate or what was measured, or an event of it waits.

    Each estimate agrees with its expense, and none is without one.
    """
    expenses = {each.expense_id: each for each in map(expense_from_item, account.of(EXPENSES))}
    entries = {each.entry_id: each for each in map(entry_from_item, account.of(CARBON_ENTRIES))}
    waiting = {expense_id for item in account.of(OUTBOX) for expense_id in _expense_ids(item)}
    for expense_id in expenses.keys() - waiting:
        estimate, entry = estimate_of_expense(expenses[expense_id]), entries.get(expense_id)
        if estimate is not None and entry is None:
            yield Disagreement(account.username, f"Expenses {expense_id}", "there is no estimate of it")
        elif entry is not None and entry.is_estimate:
            said = (entry.day, entry.category, entry.amount)
            wanted = None if estimate is None else (estimate.day, estimate.category, estimate.amount)
            if said != wanted:
                detail = f"it estimates {said}, its expense says {wanted}"
                yield Disagreement(account.username, f"CarbonEntries {expense_id}", detail)
    for entry in entries.values():
        if entry.is_estimate and entry.entry_id not in expenses.keys() | waiting:
            yield Disagreement(account.username, f"CarbonEntries {entry.entry_id}", "its expense is not there")


def _expense_ids(item: Item) -> Iterable[str]:
    """The expenses that an event asks to be estimated."""
    if item.get("name") not in (EXPENSE_CHANGED, EXPENSES_IMPORTED, ENTRY_CHANGED):
        return ()
    payload = item["payload"]
    return (*payload.get("expense_ids", ()), *([payload["expense_id"]] if "expense_id" in payload else ()))


RULES = (filled_orders_notify_once, estimates_follow_expenses)
