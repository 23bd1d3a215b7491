"""Notifying users, of firings, of facts and by test messages, and marking notifications as read."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from alerts.channels import outward
from alerts.domain.alert import Fired
from alerts.domain.facts import Fact, fact_entry
from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import MailWords, Notification, Words
from alerts.presentation.prices import firing_words, test_words
from alerts.repositories.deliveries import notification_puts
from alerts.repositories.history import entry_put
from alerts.repositories.notifications import (
    notification_address,
    notification_from_item,
    notification_read,
    unread_query,
)
from alerts.selectors import alert_get
from alerts.services.deliveries import nudge
from core import clock, ids, stream
from core.accounts.domain import User
from core.accounts.repositories.attempts import attempts_address, attempts_from_item
from core.accounts.repositories.users import open_check
from core.accounts.services import lockout
from core.commit import commit
from core.errors import NotFound
from core.events import Event
from core.reading import many, pages
from core.retry import LostRace, optimistic
from core.storage import TransactionCancelled, Write, journey

READ_AT_ONCE = 10
WHAT = "This notification"
"""As refusals name one."""


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

    One for the notification centre, which holds everything, and one for each outward channel among `channels`.
    `note_id` follows from the fact, so that the same fact makes the same rows: the write labelled `notification` fails
    when they are there. `reference` identifies the fact in the Message-ID. `at` is on the clock of the asset's feed if
    there is one.
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
        mail=words.mail or MailWords(words.title, words.body),
    )
    chosen = set(channels)
    return [*notification_puts(notification, [name for name in outward() if name in chosen])]


def firing_writes(fired: Fired) -> list[Write]:
    """Writes for the transaction of the alert's next state: history, and the notification unless it is suppressed."""
    alert, entry = fired.alert, fired.entry
    if entry is None:
        return []
    if not entry.notifies:
        return [entry_put(entry)]
    notified = notification_writes(
        entry.username,
        note_id=entry.notification_id,
        kind=NotificationKind.ALERT,
        words=firing_words(alert, entry.price),
        at=entry.at,
        reference=entry.reference,
        source=entry.source,
        asset_id=entry.asset_id,
        channels=alert.terms.channels,
    )
    return [entry_put(entry), *notified]


def announce_firing(fired: Fired) -> None:
    """Announce the notification of `firing_writes`, if any; call it once they are committed."""
    if fired.entry is not None and fired.entry.notifies:
        announce(fired.entry.username, fired.entry.notification_id)


def announce(username: str, notification_id: str) -> None:
    """Say that a user has a new notification. Called after the transaction that wrote it, once or more often.

    It carries no content: a page that hears of it reads the notification. It must never fail and must not wait, for a
    price move may announce thousands, from the worker; a lost announcement is made up for by the next look at the page.
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
        words=fact.words,
        at=entry.at,
        reference=entry.reference,
        channels=fact.channels,
    )
    try:
        commit([entry_put(entry), *writes, open_check(event.username)])
    except NotFound:
        return
    except LostRace as error:
        lost = error.__cause__
        if not (isinstance(lost, TransactionCancelled) and lost.failed("notification")):
            raise  # else its rows are there
    announce(event.username, entry.notification_id)
    if any(name in outward() for name in fact.channels):
        nudge()


def alert_test(user: User, alert_id: str, *, test_id: str, also: Sequence[Write] = ()) -> None:
    """Send a message by the alert's channels that says that it is a test.

    3 requests. A repeated test_id sends none. Raises NotFound, InvalidInput for an id that may not be used, and
    TooOften `too_many_tests` after five within 300 seconds: it is mail, and an address is not proven to be the user's.
    """
    ids.check_fresh(test_id, "test_id")
    with journey("alert_test"):
        optimistic(lambda: _send_test(user.username, alert_id, test_id, also))
    nudge()


def _send_test(username: str, alert_id: str, test_id: str, also: Sequence[Write]) -> None:
    """Write the test message and count it. Raises LostRace when another was counted at the same moment."""
    try_name = lockout.test_message_try(username)
    alert = alert_get(username, alert_id)
    sent, tries = many([notification_address(username, test_id), attempts_address(try_name)])
    if sent is not None:
        return
    count = lockout.counting_write(
        try_name, attempts_from_item(tries), code="too_many_tests", what="Five test messages were sent."
    )
    writes = notification_writes(
        username,
        note_id=test_id,
        kind=NotificationKind.TEST,
        words=test_words(alert),
        at=clock.now(),
        reference=f"{alert_id}.test-{test_id}",
        channels=alert.terms.channels,
    )
    commit([*writes, count, open_check(username)], also)
    announce(username, test_id)


def notifications_read(username: str, notification_ids: Iterable[str]) -> int:
    """Mark up to 10 as read, all or none; how many.

    Raises NotFound when one of them is not there or not this user's.
    """
    now, chosen = clock.now(), dict.fromkeys(notification_ids)
    for each in chosen:
        ids.check_could_be(each, WHAT)
    commit([notification_read(username, each, now) for each in chosen], failures={"notification": NotFound(WHAT)})
    return len(chosen)


def notifications_read_all(username: str) -> int:
    """Mark all as read that are unread now; how many. One read and one write for each 10."""
    count = 0
    for page in pages(unread_query(username, limit=READ_AT_ONCE)):
        if found := [notification_from_item(item).notification_id for item in page.items]:
            count += notifications_read(username, found)
    return count
