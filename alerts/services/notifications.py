"""Notifying users, of firings and of facts, and marking notifications as read."""

from collections.abc import Iterable
from datetime import datetime

from alerts import wording
from alerts.channels import in_order, outward
from alerts.domain.alert import Fired
from alerts.domain.facts import Fact, fact_entry
from alerts.domain.notification import MailWords, Notification, NotificationKind, Words
from alerts.repositories.deliveries import notification_puts
from alerts.repositories.history import fact_put, history_put
from alerts.repositories.notifications import notification_from_item, notification_read, unread_query
from alerts.services.deliveries import deliver_soon
from core import clock, ids, stream
from core.accounts.repositories.users import open_check
from core.errors import NotFound
from core.events import Event
from core.reading import pages
from core.storage import TransactionCancelled, Write, store

READ_AT_ONCE = 10


def notification_writes(
    username: str,
    *,
    note_id: str,
    kind: NotificationKind,
    words: Words,
    at: datetime,
    reference: str,
    source: str = "",
    asset_id: str = "",
    channels: Iterable[str] = (),
) -> list[Write]:
    """The writes that notify a user, to be put into the transaction of the fact itself.

    One for the notification centre, which holds everything, and one for each outward channel. `note_id` follows from
    the fact, so that the same fact makes the same rows: the write labelled `notification` fails when they are there.
    `reference` identifies the fact in the Message-ID. `at` is on the clock of the asset's feed if there is one.
    """
    notification = Notification(
        username=username,
        notification_id=note_id,
        kind=kind,
        title=words.title,
        body=words.body,
        at=at,
        created_at=clock.now(),
        reference=reference,
        link=words.link,
        source=source,
        asset_id=asset_id,
        mail=words.mail,
    )
    return [*notification_puts(notification, in_order(channels))]


def firing_writes(fired: Fired) -> list[Write]:
    """Writes for the transaction of the alert's next state: history, and the notification unless it is suppressed."""
    alert, entry = fired.alert, fired.entry
    if entry is None:
        return []
    if not entry.notifies:
        return [history_put(entry)]
    notified = notification_writes(
        entry.username,
        note_id=entry.notification_id,
        kind=NotificationKind.ALERT,
        words=wording.firing_words(alert, entry.price),
        at=entry.at,
        reference=entry.reference,
        source=entry.source,
        asset_id=entry.asset_id,
        channels=alert.terms.channels,
    )
    return [history_put(entry), *notified]


def announce_firing(fired: Fired) -> None:
    """Announce the notification of `firing_writes`, if any; call it once they are committed."""
    if fired.entry is not None and fired.entry.notifies:
        announce(fired.entry.username, fired.entry.notification_id)


def announce(username: str, notification_id: str) -> None:
    """Say that a user has a new notification. Called after the transaction that wrote it, once or more often.

    It carries no content: who listens reads the notification. It must never fail and must not wait, for a price move
    may announce thousands, from the worker; what an announcement that got lost leaves behind is seen at the next look
    at the page.
    """
    stream.announce_event(username, notification_id)


def fact_notify(event: Event, fact: Fact) -> None:
    """Notify a user of what an event says, once: the same event again adds nothing.

    1 request. Nothing is written where the account has been closed since.
    """
    entry = fact_entry(event.username, fact, event_id=event.event_id, at=event.occurred_at, now=clock.now())
    writes = notification_writes(
        event.username,
        note_id=entry.notification_id,
        kind=fact.kind,
        words=Words(fact.title, fact.body, fact.link, fact.mail or MailWords(fact.title, fact.body)),
        at=entry.at,
        reference=entry.reference,
        channels=fact.channels,
    )
    try:
        store().transact_write([fact_put(entry), *writes, open_check(event.username)])
    except TransactionCancelled as error:
        if error.failed("account"):
            return
        if not error.failed("notification"):
            raise
    announce(event.username, entry.notification_id)
    if any(name in outward() for name in fact.channels):
        deliver_soon()


def notifications_read(username: str, notification_ids: Iterable[str]) -> int:
    """Mark up to 10 as read, all or none; how many.

    Raises NotFound when one of them is not there or not this user's.
    """
    now = clock.now()
    chosen = dict.fromkeys(notification_ids)
    try:
        for notification_id in chosen:
            ids.id_time(notification_id)
        store().transact_write([notification_read(username, each, now) for each in chosen])
    except (ValueError, TransactionCancelled) as error:
        raise NotFound("This notification") from error
    return len(chosen)


def notifications_read_all(username: str) -> int:
    """Mark all as read that are unread now; how many. One read and one write for each 10."""
    count = 0
    for page in pages(unread_query(username, limit=READ_AT_ONCE)):
        if found := [notification_from_item(item).notification_id for item in page.items]:
            count += notifications_read(username, found)
    return count
