"""Firings: their numbers, and what was told of each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from alerts.domain.alert import Alert
from alerts.domain.history import HistoryEntry
from alerts.domain.notification import Notification, NotificationKind
from alerts.domain.terms import IN_APP
from alerts.reconciling.rows import about_alert, about_entry, about_note, alerts_of, deliveries_of, history_of, notes_of
from alerts.repositories import deliveries
from core.reconciling.rules import Account, Disagreement


def firings_are_counted(account: Account) -> Iterable[Disagreement]:
    """An alert fired as often as its history tells, numbered from 1 without a gap or a double, last when it says.

    History of an alert that was deleted stays; one set anew under the same id counts from 1 again, so that only what
    was recorded since it was made is its own.
    """
    told: defaultdict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in history_of(account):
        if entry.notifies:
            told[entry.alert_id].append(entry)
    for alert in alerts_of(account):
        own = [entry for entry in told[alert.alert_id] if entry.recorded_at >= alert.created_at]
        yield from _of_alert(alert, sorted(own, key=lambda entry: entry.number))


def firings_are_told_once(account: Account) -> Iterable[Disagreement]:
    """Every firing that was to be told has one notification, and a delivery for each outward channel of its own.

    No notification of an alert is without its firing, and no delivery without its notification. Deliveries of long ago
    may have expired.
    """
    expired_until = account.now - deliveries.KEPT
    notes = {note.notification_id: note for note in notes_of(account)}
    sent = Counter((each.content_id, each.channel) for each in deliveries_of(account))
    told = Counter(entry.notification_id for entry in history_of(account) if entry.notifies)
    for entry in history_of(account):
        if not entry.notifies:
            continue
        note = notes.get(entry.notification_id)
        if note is None:
            yield about_entry(entry, f"firing {entry.number} was told by {entry.notification_id}, which is not there")
        elif note.reference != entry.reference:
            yield about_note(note, f"reference is {note.reference}, its firing says {entry.reference}")
        if told[entry.notification_id] > 1:
            yield about_entry(entry, f"{entry.notification_id} tells of {told[entry.notification_id]} firings")
        for channel in entry.channels if entry.recorded_at > expired_until else ():
            if channel != IN_APP and not sent[entry.notification_id, channel]:
                yield about_entry(entry, f"there is no delivery of {entry.notification_id} by {channel}")
    for note in notes.values():
        if note.kind is NotificationKind.ALERT and not told[note.notification_id]:
            yield about_note(note, "it tells of a firing that no history knows")
    for each in deliveries_of(account):
        if isinstance(each.content, Notification) and each.content_id not in notes:
            yield about_note(each.content, f"it goes out by {each.channel}, and is not there")


def _of_alert(alert: Alert, own: Sequence[HistoryEntry]) -> Iterable[Disagreement]:
    numbers = [entry.number for entry in own]
    if numbers != list(range(1, alert.trigger_count + 1)):
        detail = f"trigger_count is {alert.trigger_count}, its history has the firings {numbers}"
        yield about_alert(alert.username, alert.alert_id, detail)
    elif own and own[-1].at != alert.last_triggered:
        detail = f"last_triggered is {alert.last_triggered}, its last firing is of {own[-1].at}"
        yield about_alert(alert.username, alert.alert_id, detail)
    elif not own and alert.last_triggered is not None:
        yield about_alert(alert.username, alert.alert_id, f"last_triggered is {alert.last_triggered}, it never fired")
