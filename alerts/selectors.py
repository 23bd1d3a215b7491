"""Reads of the alerts, for their own pages and for other apps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from alerts.channels import outward
from alerts.domain.alert import Alert, Status
from alerts.domain.facts import FactEntry, HistoryKind
from alerts.domain.history import HistoryEntry
from alerts.domain.notification import Delivery, Notification
from alerts.repositories import alerts as alert_rows
from alerts.repositories import deliveries, history, notifications
from alerts.repositories.history import Entry
from core.errors import NotFound
from core.reading import Rows, every, rows_of
from core.storage import Item, Key, Query, store
from core.trash import Thrown, thrown_newest

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

T = TypeVar("T")

MOST_PAGES = 5
"""A filter without a key reads so many pages for one of its own, then hands back a cursor."""
FILTERED_PAGE = 200
MOST_COUNTED = 100


def alerts_of(username: str) -> list[Alert]:
    """A user's alerts, newest first; one request."""
    return alert_rows.all_of(username)


def alerts_deleted(username: str) -> list[tuple[Thrown, Alert]]:
    """What a user deleted within 30 days, the latest first; one request."""
    thrown = thrown_newest(username, "alert")
    return [(each, alert_rows.from_item(dict(each.row))) for each in thrown]


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
    query = history.of_user(username, kind=kind, cursor=cursor)
    return _filled(query, history.any_from_item, history.user_key_of, limit=limit)


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
    return _filled(
        history.of_alert(alert.username, alert.alert_id, outcome=outcome, cursor=cursor),
        history.from_item,
        history.key_of,
        limit=limit,
    )


def deliveries_open(limit: int) -> list[Delivery]:
    """Everyone's deliveries that have not ended, the one due first in front; one request.

    One whose `due_at` has passed is due and not under way.
    """
    return deliveries.unfinished(limit)


def deliveries_of(entries: Rows[HistoryEntry] | Rows[Entry]) -> dict[str, list[Delivery]]:
    """Deliveries of the firings on a page, by notification id; one request, none where nothing was sent."""
    told = [entry for entry in entries.items if entry.was_told]
    keys = [
        (entry.username, entry.notification_id, name) for entry in told for name in outward() if name in entry.channels
    ]
    found: dict[str, list[Delivery]] = {}
    for delivery in deliveries.get_many(keys):
        found.setdefault(delivery.content_id, []).append(delivery)
    return found


def notifications_newest(
    username: str, limit: int, cursor: Key | None = None, *, kind: str = "", unread: bool = False
) -> Rows[Notification]:
    """Notifications, newest first; of one kind, or the unread alone. Requests as for `history_of`."""
    query, key_of = (
        (notifications.unread(username, kind=kind, cursor=cursor), notifications.unread_key_of)
        if unread
        else (notifications.newest(username, kind=kind, cursor=cursor), notifications.key_of)
    )
    return _filled(query, notifications.from_item, key_of, limit=limit)


def unread_count(username: str) -> int:
    """How many notifications are unread, counted up to 100; one request. May lag."""
    return len(unread_newest(username))


def unread_newest(username: str) -> list[Notification]:
    """Up to 100 unread notifications, newest first; one request. May lag."""
    page = store().query(notifications.unread(username, limit=MOST_COUNTED))
    return [notifications.from_item(item) for item in page.items]


def _filled(query: Query, read: Callable[[Item], T], key_of: Callable[[T], Key], *, limit: int) -> Rows[T]:
    """One page of a query that may have a filter."""
    pages, size = (1, limit) if query.filter is None else (MOST_PAGES, max(limit, FILTERED_PAGE))
    found: list[T] = []
    for _ in range(pages):
        page = store().query(replace(query, limit=size))
        found += [read(item) for item in page.items]
        query = replace(query, cursor=page.cursor)
        if page.cursor is None or len(found) > limit:
            break
    if len(found) > limit:
        return Rows(tuple(found[:limit]), key_of(found[limit - 1]))
    return Rows(tuple(found), query.cursor)
