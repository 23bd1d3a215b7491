"""Notifications as rows of the Notifications table."""

from datetime import datetime

from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import Notification
from alerts.tables import NOTIFICATIONS
from core import clock
from core.storage.operations import Attr, Change, Get, Item, KeyCondition, Put, Query, Update

NOTE = "NOTE#"
AFTER_NOTES = "NOTE$"
"""After every notification in the order of keys."""


def notification_put(notification: Notification) -> Put:
    """Write a notification as unread, never over another (label `notification`)."""
    item = notification_item(notification) | {
        "entry": NOTE + notification.notification_id,
        "unread_for": notification.username,
    }
    return Put(NOTIFICATIONS, item, Attr("entry").not_exists(), "notification")


def notification_address(username: str, notification_id: str) -> Get:
    """Where one notification of this user is."""
    return Get(NOTIFICATIONS, {"username": username, "entry": NOTE + notification_id})


def notifications_query(username: str, *, kind: str = "") -> Query:
    """A user's notifications, newest first."""
    return Query(
        NOTIFICATIONS,
        KeyCondition("username").eq(username) & KeyCondition("entry").between(NOTE, AFTER_NOTES),
        filter=Attr("kind").eq(kind) if kind else None,
        descending=True,
        consistent=True,
    )


def unread_query(username: str, *, kind: str = "", limit: int | None = None) -> Query:
    """Those that the user has not read, newest first. May lag."""
    return Query(
        NOTIFICATIONS,
        KeyCondition("unread_for").eq(username),
        index="UnreadIndex",
        filter=Attr("kind").eq(kind) if kind else None,
        limit=limit,
        descending=True,
    )


def notification_read(username: str, notification_id: str, at: datetime) -> Change:
    """The write that takes one off the unread; it fails where there is none. Reading twice keeps the first time."""
    return Change(
        NOTIFICATIONS,
        {"username": username, "entry": NOTE + notification_id},
        Update(remove=("unread_for",), set_if_absent={"read_at": clock.to_text(at)}),
        Attr("entry").exists(),
        "notification",
    )


def notification_item(notification: Notification) -> Item:
    """The facts of a notification, as its own row and those of its deliveries hold them."""
    item: Item = {
        "username": notification.username,
        "notification_id": notification.notification_id,
        "kind": notification.kind.value,
        "title": notification.title,
        "body": notification.body,
        "at": clock.to_text(notification.at),
        "created_at": clock.to_text(notification.created_at),
        "reference": notification.reference,
    }
    optional = {"link": notification.link, "source": notification.source, "asset_id": notification.asset_id}
    return item | {name: value for name, value in optional.items() if value}


def notification_from_item(item: Item) -> Notification:
    """The notification that a row holds."""
    read_at = item.get("read_at")
    return Notification(
        username=item["username"],
        notification_id=item["notification_id"],
        kind=NotificationKind(item["kind"]),
        title=item["title"],
        body=item["body"],
        at=clock.from_text(item["at"]),
        created_at=clock.from_text(item["created_at"]),
        reference=item["reference"],
        link=item.get("link", ""),
        source=item.get("source", ""),
        asset_id=item.get("asset_id", ""),
        read_at=read_at and clock.from_text(read_at),
    )
