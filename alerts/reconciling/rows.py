"""An account's rows as values of the domain."""

from alerts.domain.alert import Alert
from alerts.domain.facts import FactEntry
from alerts.domain.history import HistoryEntry
from alerts.domain.notification import Delivery, Notification
from alerts.repositories import alerts, deliveries, history, notifications
from alerts.tables import ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS
from core.reconciling.rules import Account, Disagreement
from core.storage import Item


def alert_items(account: Account) -> list[Item]:
    """Rows of alerts, without the one that counts them."""
    return [item for item in account.of(ALERT_CONFIGURATIONS) if item["alert_id"] != alerts.COUNT]


def alerts_of(account: Account) -> list[Alert]:
    """Alerts, oldest first."""
    return [alerts.alert_from_item(item) for item in alert_items(account)]


def history_of(account: Account) -> list[HistoryEntry]:
    """Firings of all alerts on prices, by market time."""
    return [entry for entry in _entries(account) if isinstance(entry, HistoryEntry)]


def facts_of(account: Account) -> list[FactEntry]:
    """Facts of budgets, carbon and orders in the history, by time."""
    return [entry for entry in _entries(account) if isinstance(entry, FactEntry)]


def _entries(account: Account) -> list[history.Entry]:
    return [history.entry_from_item(item) for item in account.of(ALERT_HISTORY)]


def note_items(account: Account) -> list[Item]:
    """Rows of notifications, oldest first."""
    return [item for item in account.of(NOTIFICATIONS) if item["entry"].startswith(notifications.NOTE)]


def notes_of(account: Account) -> list[Notification]:
    """Notifications, oldest first."""
    return [notifications.notification_from_item(item) for item in note_items(account)]


def delivery_items(account: Account) -> list[Item]:
    """Rows of deliveries, oldest first."""
    return [item for item in account.of(NOTIFICATIONS) if item["entry"].startswith(deliveries.DELIVERY)]


def deliveries_of(account: Account) -> list[Delivery]:
    """Deliveries, oldest first."""
    return [deliveries.delivery_from_item(item) for item in delivery_items(account)]


def about_alert(username: str, alert_id: str, detail: str) -> Disagreement:
    """A disagreement of an alert."""
    return Disagreement(username, f"AlertConfigurations {alert_id}", detail)


def about_entry(entry: HistoryEntry, detail: str) -> Disagreement:
    """A disagreement of a firing."""
    return Disagreement(entry.username, f"AlertHistory {entry.alert_id} {entry.entry_id}", detail)


def about_fact(entry: FactEntry, detail: str) -> Disagreement:
    """A disagreement about a fact of budgets, carbon or orders."""
    return Disagreement(entry.username, f"AlertHistory {entry.notification_kind} {entry.entry_id}", detail)


def about_note(note: Notification, detail: str) -> Disagreement:
    """A disagreement of a notification."""
    return Disagreement(note.username, f"Notifications {notifications.NOTE}{note.notification_id}", detail)


def about_delivery(item: Item, detail: str) -> Disagreement:
    """A disagreement of a delivery."""
    return Disagreement(item["username"], f"Notifications {item['entry']}", detail)
