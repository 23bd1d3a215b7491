"""Reads of the alerts, for their own pages and for other apps."""

from __future__ import annotations

from alerts.channels import OUTWARD
from alerts.domain.alert import Alert, Status
from alerts.domain.facts import FactEntry, HistoryKind
from alerts.domain.history import HistoryEntry
from alerts.domain.notification import Delivery, Notification
from alerts.repositories import alerts as alert_rows
from alerts.repositories import deliveries, history, notifications
from alerts.repositories.history import Entry
from alerts.trash import DELETED_ALERTS
from core.errors import NotFound
from core.reading import Rows, every, read_page, rows_of
from core.storage import Key, store
from core.trash import Deleted

__all__ = [
    "Alert",
    "Entry",
    "FactEntry",
    "HistoryEntry",
    "HistoryKind",
    "Notification",
    "Rows",
    "Status",
    "alert_get",
    "alerts_named",
    "alerts_newest",
    "alerts_of",
    "deliveries_all",
    "deliveries_of",
    "deliveries_open",
    "history_all",
    "history_newest",
    "history_of",
    "notifications_all",
    "notifications_newest",
    "unread_count",
    "unread_newest",
]

MOST_COUNTED = 100


def alerts_of(username: str) -> list[Alert]:
    """A user's alerts, newest first; one request."""
    return alert_rows.all_of(username)


def alerts_deleted(username: str) -> list[Deleted[Alert]]:
    """What a user deleted within 30 days, the latest first; one request."""
    return DELETED_ALERTS.newest(username)


def alerts_newest(username: str, limit: int, cursor: Key | None = None) -> Rows[Alert]:
    """One page of a user's alerts, newest first; one request."""
    page = alert_rows.newest(username, limit=limit, cursor=cursor)
    return rows_of(page, alert_rows.from_item)


def history_all(username: str) -> list[HistoryEntry]:
    """Every firing of a user's alerts on prices, oldest first; one request for each 1 MB."""
    query = history.of_user(username, kind=HistoryKind.PRICE)
    return [history.from_item(item) for item in every(query)][::-1]


def history_newest(
    username: str, limit: int, cursor: Key | None = None, *, kind: HistoryKind | None = None
) -> Rows[Entry]:
    """What was told and what was suppressed, of all rooms or of one, newest first. Requests as for `history_of`."""
    return read_page(history.of_user(username, kind=kind), history.any_from_item, limit=limit, cursor=cursor)


def alerts_named(entries: Rows[Entry]) -> dict[str, Alert]:
    """The alerts of the firings on a page that are still there, by id; one request, none where no price fired."""
    wanted = {(each.username, each.alert_id) for each in entries.items if isinstance(each, HistoryEntry)}
    found = alert_rows.get_many(sorted(wanted)) if wanted else []
    return {alert.alert_id: alert for alert in found if alert is not None}


def notifications_all(username: str) -> list[Notification]:
    """Everything that a user was told, newest first; one request for each 1 MB."""
    return [notifications.from_item(item) for item in every(notifications.newest(username))]


def deliveries_all(username: str) -> list[Delivery]:
    """Every delivery to a user, oldest first; one request for each 1 MB."""
    return [deliveries.from_item(item) for item in every(deliveries.of_user(username))]


def alert_get(username: str, alert_id: str) -> Alert:
    """One alert; one request. Raises NotFound for one that is not there or not this user's."""
    alert = alert_rows.get(username, alert_id)
    if alert is None:
        raise NotFound("This alert")
    return alert


def history_of(alert: Alert, *, outcome: str = "", limit: int, cursor: Key | None = None) -> Rows[HistoryEntry]:
    """Firings of an alert, newest first; `outcome` keeps `fired` or `suppressed` alone.

    One request; with a filter at most 5, and the page may be short and still have a cursor.
    """
    query = history.of_alert(alert.username, alert.alert_id, outcome=outcome)
    return read_page(query, history.from_item, limit=limit, cursor=cursor)


def deliveries_open(limit: int) -> list[Delivery]:
    """Everyone's deliveries that have not ended, the one due first in front; one request.

    One whose `due_at` has passed is due and not under way.
    """
    return deliveries.unfinished(limit)


def deliveries_of(entries: Rows[HistoryEntry] | Rows[Entry]) -> dict[str, list[Delivery]]:
    """Deliveries of the firings on a page, by notification id; one request, none where nothing was sent."""
    told = [entry for entry in entries.items if entry.was_told]
    kinds = [kind.value for kind in OUTWARD]
    keys = [(entry.username, entry.notification_id, kind) for entry in told for kind in kinds if kind in entry.channels]
    found: dict[str, list[Delivery]] = {}
    for delivery in deliveries.get_many(keys):
        found.setdefault(delivery.content_id, []).append(delivery)
    return found


def notifications_newest(
    username: str, limit: int, cursor: Key | None = None, *, kind: str = "", unread: bool = False
) -> Rows[Notification]:
    """Notifications, newest first; of one kind, or the unread alone. Requests as for `history_of`."""
    query = notifications.unread(username, kind=kind) if unread else notifications.newest(username, kind=kind)
    return read_page(query, notifications.from_item, limit=limit, cursor=cursor)


def unread_count(username: str) -> int:
    """How many notifications are unread, counted up to 100; one request. May lag."""
    return len(unread_newest(username))


def unread_newest(username: str) -> list[Notification]:
    """Up to 100 unread notifications, newest first; one request. May lag."""
    page = store().query(notifications.unread(username, limit=MOST_COUNTED))
    return [notifications.from_item(item) for item in page.items]
