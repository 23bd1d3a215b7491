"""Telling users things, and taking them as read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from alerts.channels import CHANNELS, in_order
from alerts.domain.notification import MailWords, Notification, NotificationKind
from alerts.repositories import notifications
from core import clock, ids
from core.errors import NotFound
from core.storage import Page, TransactionCancelled, Write, store

READ_AT_ONCE = 10


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
    mail: MailWords | None = None,
    channels: Iterable[str] = (),
) -> list[Write]:
    """The writes that tell a user something, to be put into the transaction of the fact itself.

    One for the notification centre, which is always told, and one for each outward channel. `note_id` follows from
    the fact, so that the same fact makes the same rows: the write labelled `notification` fails when they are there.
    `mail` is what a mail says; without it, the body under a subject of the kind. It must be given where the user's
    own words are in title or body. `reference` identifies the fact in the Message-ID. `at` is on the clock of the
    asset's feed if there is one.
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
        mail=mail,
    )
    return [write for name in in_order(channels) for write in CHANNELS[name].writes(notification)]


def notifications_read(username: str, notification_ids: Iterable[str]) -> int:
    """Take up to 10 as read, all or none; how many.

    Raises NotFound when one of them is not there or not this user's.
    """
    now = clock.now()
    chosen = dict.fromkeys(notification_ids)
    try:
        for notification_id in chosen:
            ids.id_time(notification_id)
        store().transact_write([notifications.reading(username, each, now) for each in chosen])
    except (ValueError, TransactionCancelled) as error:
        raise NotFound("This notification") from error
    return len(chosen)


def notifications_read_all(username: str) -> int:
    """Take all as read that are unread now; how many. One read and one write for each 10."""
    count = 0
    page = Page(())
    while True:
        page = store().query(notifications.unread(username, limit=READ_AT_ONCE, cursor=page.cursor))
        found = [notifications.from_item(item).notification_id for item in page.items]
        if found:
            count += notifications_read(username, found)
        if page.cursor is None:
            return count
