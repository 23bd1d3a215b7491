"""Telling users things, and taking them as read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.channels import CHANNELS, in_order
from alerts.domain.notification import Notification, NotificationKind
from alerts.domain.terms import ChannelKind
from alerts.repositories import notifications
from core import clock
from core.errors import NotFound
from core.storage import Page, Write, store

READ_AT_ONCE = 25


def notification_writes(
    username: str,
    *,
    note_id: str,
    kind: NotificationKind,
    title: str,
    body: str,
    at: datetime,
    reference: str,
    link: str = "",
    source: str = "",
    asset_id: str = "",
    channels: Iterable[ChannelKind] = (),
) -> list[Write]:
    """The writes that tell a user something, to be put into the transaction of the fact itself.

    One for the notification centre, which is always told, and one for each outward channel. `note_id` follows from
    the fact, so that the same fact makes the same rows: the write labelled `notification` fails when they are there.
    `reference` identifies the fact in the Message-ID. `at` is on the clock of the asset's feed if there is one.
    """
    notification = Notification(
        username=username,
        notification_id=note_id,
        kind=kind,
        title=title,
        body=body,
        at=at,
        created_at=clock.now(),
        reference=reference,
        link=link,
        source=source,
        asset_id=asset_id,
    )
    return [write for kind_ in in_order(channels) for write in CHANNELS[kind_].writes(notification)]


def notification_read(username: str, notification_id: str) -> None:
    """Take one as read. Raises NotFound for one that is not there or not this user's."""
    if not notifications.mark_read(username, notification_id, clock.now()):
        raise NotFound("This notification")


def notifications_read_all(username: str) -> int:
    """Take all as read that are unread now; how many. One read and one write for each 25."""
    count = 0
    page = Page(())
    while True:
        page = store().query(notifications.unread(username, limit=READ_AT_ONCE, cursor=page.cursor))
        found = [notifications.from_item(item) for item in page.items]
        if found:
            now = clock.now()
            store().transact_write([notifications.reading(each, now) for each in found])
            count += len(found)
        if page.cursor is None:
            return count
