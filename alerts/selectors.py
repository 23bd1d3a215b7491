"""Reads of the alerts, for their own pages and for other apps."""

from collections.abc import Iterable, Iterator

from alerts.channels import outward
from alerts.domain.alert import Alert, Status
from alerts.domain.facts import Entry, FactEntry
from alerts.domain.history import HistoryEntry
from alerts.domain.kinds import HistoryKind
from alerts.domain.notification import Delivery, Notification
from alerts.repositories import alerts as alert_rows
from alerts.repositories import deliveries, history, notifications
from core import ids
from core.reading import Rows, every, many, read_page, required, understood
from core.storage import Item, Key, store
from core.trash import Deleted, Kind

__all__ = [
    "DELETED_ALERTS",
    "Alert",
    "Entry",
    "FactEntry",
    "HistoryEntry",
    "HistoryKind",
    "Notification",
    "Rows",
    "Status",
    "alert_get",
    "alerts_deleted",
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
    "unread_newest",
]

MOST_COUNTED = 100
DELETED_ALERTS = Kind("alert", alert_rows.alert_from_item)


def alerts_of(username: str) -> list[Alert]:
    """A user's alerts, newest first; one request for each 1 MB."""
    return list(_understood(every(alert_rows.alerts_query(username))))


def alerts_deleted(username: str) -> list[Deleted[Alert]]:
    """What a user deleted within 30 days, the latest first; one request."""
    return DELETED_ALERTS.newest(username)


def alerts_newest(username: str, limit: int, cursor: Key | None = None) -> Rows[Alert]:
    """One page of a user's alerts, newest first; one request."""
    rows = read_page(alert_rows.alerts_query(username), lambda item: item, limit=limit, cursor=cursor)
    return Rows(tuple(_understood(rows.items)), rows.cursor)


def history_all(username: str) -> list[HistoryEntry]:
    """Every firing of a user's alerts on prices, oldest first; one request for each 1 MB."""
    query = history.user_query(username, kind=HistoryKind.PRICE)
    return [history.history_from_item(item) for item in every(query)][::-1]


def history_newest(
    username: str, limit: int, cursor: Key | None = None, *, kind: HistoryKind | None = None
) -> Rows[Entry]:
    """Notifications and suppressed firings, of all kinds or of one, newest first. Requests as for `history_of`."""
    return read_page(history.user_query(username, kind=kind), history.entry_from_item, limit=limit, cursor=cursor)


def alerts_named(entries: Rows[Entry]) -> dict[str, Alert]:
    """The alerts of the firings on a page that are still there, by id; one request, none where no price fired."""
    wanted = {(each.username, each.alert_id) for each in entries.items if isinstance(each, HistoryEntry)}
    items = many([alert_rows.alert_address(*each) for each in sorted(wanted)])
    return {alert.alert_id: alert for alert in _understood(filter(None, items))}


def notifications_all(username: str) -> list[Notification]:
    """All notifications of a user, newest first; one request for each 1 MB."""
    return [notifications.notification_from_item(item) for item in every(notifications.notifications_query(username))]


def deliveries_all(username: str) -> list[Delivery]:
    """Every delivery to a user, oldest first; one request for each 1 MB."""
    return [deliveries.delivery_from_item(item) for item in every(deliveries.deliveries_query(username))]


def alert_get(username: str, alert_id: str) -> Alert:
    """One alert; one request. Raises NotFound for one that is not there or not this user's."""
    ids.check_could_be(alert_id, "This alert")
    return required(alert_rows.alert_address(username, alert_id), alert_rows.alert_from_item, "This alert")


def history_of(alert: Alert, *, outcome: str = "", limit: int, cursor: Key | None = None) -> Rows[HistoryEntry]:
    """Firings of an alert, newest first; `outcome` keeps `fired` or `suppressed` alone.

    One request; with a filter at most 5, and the page may be short and still have a cursor.
    """
    query = history.alert_query(alert.username, alert.alert_id, outcome=outcome)
    return read_page(query, history.history_from_item, limit=limit, cursor=cursor)


def deliveries_open(limit: int) -> list[Delivery]:
    """Everyone's deliveries that have not ended, the one due first in front; one request.

    One whose `due_at` has passed is due and not under way.
    """
    page = store().query(deliveries.due_query(None, limit))
    return list(understood(page.items, deliveries.delivery_from_item, what="delivery", key="entry"))


def deliveries_of(entries: Rows[HistoryEntry] | Rows[Entry]) -> dict[str, list[Delivery]]:
    """Deliveries of the firings on a page, by notification id; one request, none where nothing was sent."""
    addresses = [
        deliveries.delivery_address(entry.username, entry.notification_id, name)
        for entry in entries.items
        for name in outward()
        if entry.notifies and name in entry.channels
    ]
    found: dict[str, list[Delivery]] = {}
    for item in filter(None, many(addresses, consistent=False)):
        delivery = deliveries.delivery_from_item(item)
        found.setdefault(delivery.content_id, []).append(delivery)
    return found


def notifications_newest(
    username: str, limit: int, cursor: Key | None = None, *, kind: str = "", unread: bool = False
) -> Rows[Notification]:
    """Notifications, newest first; of one kind, or the unread alone. Requests as for `history_of`."""
    query = (
        notifications.unread_query(username, kind=kind)
        if unread
        else notifications.notifications_query(username, kind=kind)
    )
    return read_page(query, notifications.notification_from_item, limit=limit, cursor=cursor)


def unread_newest(username: str) -> list[Notification]:
    """Up to 100 unread notifications, newest first; one request. May lag."""
    query = notifications.unread_query(username)
    return list(read_page(query, notifications.notification_from_item, limit=MOST_COUNTED).items)


def _understood(items: Iterable[Item]) -> Iterator[Alert]:
    """The alerts, without those whose condition only a later release knows."""
    return understood(items, alert_rows.alert_from_item, what="alert", key="alert_id")
