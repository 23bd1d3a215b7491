"""Rules by which alerts, their firings, notifications and deliveries agree."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from alerts.channels import outward
from alerts.domain.alert import SUBSCRIBER, Alert
from alerts.domain.facts import Entry, FactEntry, fact_note_id
from alerts.domain.history import HistoryEntry
from alerts.domain.kinds import HistoryKind, NotificationKind
from alerts.domain.notification import Delivery, DeliveryStatus, Notification
from alerts.repositories.alerts import COUNT, alert_from_item, alert_item
from alerts.repositories.deliveries import DELIVERY, KEPT, delivery_from_item
from alerts.repositories.history import entry_from_item
from alerts.repositories.notifications import NOTE, notification_address, notification_from_item
from alerts.tables import ALERT_CONFIGURATIONS, ALERT_HISTORY, NOTIFICATIONS
from core import clock, ids
from core.accounts.events import ADDRESS_CONFIRMED
from core.accounts.tables import USERS
from core.events import LONGEST_WAIT
from core.reconciling.rules import Account, Disagreement, Stream, compared, row_name
from core.storage import Item, Table
from core.tables import OUTBOX
from market.triggers.crossing import Phase
from market.triggers.tables import TRIGGER_SERIES

ARMED = ("arm", "threshold")
COUNTS = f"armed_{SUBSCRIBER}_"


def alerts_are_counted(account: Account) -> Iterable[Disagreement]:
    """The row that counts a user's alerts counts those that are there."""
    counts = [item["count"] for item in account.of(ALERT_CONFIGURATIONS) if item["alert_id"] == COUNT]
    said, found = sum(counts, Decimal(0)), Decimal(len(_alert_items(account)))
    row = row_name(ALERT_CONFIGURATIONS, {"alert_id": COUNT})
    yield from compared(account.username, row, "count", said, "alerts there are", found)


def alerts_are_armed_where_they_watch(account: Account) -> Iterable[Disagreement]:
    """An alert is in the armed index at the level that its terms and phase say; nowhere when paused or done.

    One that is done has what ended it, and no other has.
    """
    for item in _alert_items(account):
        alert = alert_from_item(item)
        wanted = alert_item(alert)
        for name in ARMED:
            if item.get(name) != wanted.get(name):
                detail = f"{name} is {item.get(name)}, its terms and phase say {wanted.get(name)}"
                yield _wrong(account, ALERT_CONFIGURATIONS, item, detail)
        if (alert.phase is Phase.DONE) != (alert.ended_by is not None):
            detail = f"phase is {alert.phase}, ended_by is {alert.ended_by}"
            yield _wrong(account, ALERT_CONFIGURATIONS, item, detail)


def firings_are_counted(account: Account) -> Iterable[Disagreement]:
    """An alert fired as often as its history has it, numbered from 1 without a gap or a double, last when it says.

    History of an alert that was deleted stays; one set again under the same id counts from 1, so that only what was
    recorded since it was made is its own.
    """
    fired: defaultdict[str, list[HistoryEntry]] = defaultdict(list)
    for entry in _entries(account):
        if isinstance(entry, HistoryEntry) and entry.notifies:
            fired[entry.alert_id].append(entry)
    for item in _alert_items(account):
        alert = alert_from_item(item)
        own = [entry for entry in fired[alert.alert_id] if entry.recorded_at >= alert.created_at]
        own.sort(key=lambda entry: entry.number)
        if detail := _count_error(alert, [entry.number for entry in own], own[-1].at if own else None):
            yield _wrong(account, ALERT_CONFIGURATIONS, item, detail)


def firings_notify_once(account: Account) -> Iterable[Disagreement]:
    """Every firing that notifies has one notification, and a delivery for each outward channel of its own.

    No notification of an alert is without its firing, and no delivery without its notification. Deliveries of long ago
    may have expired.
    """
    notes = _notes(account)
    entries = [each for each in _entries(account) if isinstance(each, HistoryEntry) and each.notifies]
    yield from _of_entries(account, entries, notes, "firing")
    for entry in entries:
        note = notes.get(entry.notification_id)
        if note is not None and note.reference != entry.reference:
            yield _wrong_note(account, note, f"reference is {note.reference}, its firing says {entry.reference}")
    known = {entry.notification_id for entry in entries}
    for note in notes.values():
        if note.kind is NotificationKind.ALERT and note.notification_id not in known:
            yield _wrong_note(account, note, "it is of a firing that no history knows")
    for delivery in _deliveries(account):
        if isinstance(delivery.content, Notification) and delivery.content_id not in notes:
            yield _wrong_note(account, delivery.content, f"it goes out by {delivery.channel}, and is not there")


def facts_notify_once(account: Account) -> Iterable[Disagreement]:
    """Every fact has one notification of its own, which says the same, and its deliveries.

    No such notification is without its row of the history, but those of orders that an earlier release wrote, under
    other ids. Deliveries of long ago may have expired.
    """
    notes = _notes(account)
    entries = [each for each in _entries(account) if isinstance(each, FactEntry) and each.kind is not HistoryKind.OTHER]
    yield from _of_entries(account, entries, notes, "fact")
    for entry in entries:
        note = notes.get(entry.notification_id)
        wanted = (entry.reference, entry.notification_kind, entry.title)
        if note is not None and (said := (note.reference, note.kind, note.title)) != wanted:
            yield _wrong_note(account, note, f"it says {said}, the history {wanted}")
    known = {entry.notification_id for entry in entries}
    for note in notes.values():
        if note.kind.traits.is_of_fact and note.notification_id not in known and not _is_an_older_order(note):
            yield _wrong_note(account, note, "it is of a fact that no history knows")


def deliveries_go_out(account: Account) -> Iterable[Disagreement]:
    """No message is due for more than a minute, one that is over is not due, and one that was sent was sent once.

    None waits for an address to be proved that is. A notification is among the unread until it was read, and not after.
    """
    latest = account.now - timedelta(seconds=LONGEST_WAIT)
    released = any(item.get("name") == ADDRESS_CONFIRMED for item in account.of(OUTBOX))
    is_proved = not released and all("email_unconfirmed_since" not in item for item in account.of(USERS))
    for item in account.of(NOTIFICATIONS):
        if item["entry"].startswith(DELIVERY):
            details = _delivery_errors(item, is_proved=is_proved, latest=latest)
            yield from (_wrong(account, NOTIFICATIONS, item, detail) for detail in details)
        elif ("unread_for" in item) == ("read_at" in item):
            detail = f"unread_for is {item.get('unread_for')}, read_at is {item.get('read_at')}"
            yield _wrong(account, NOTIFICATIONS, item, detail)


def armed_levels_are_counted(stream: Stream, now: datetime) -> Iterable[Disagreement]:
    """The row of each series counts the alerts that wait on it, by price and direction.

    A count that is too low hides alerts from the engine; one that is too high costs requests.
    """
    found: Counter[tuple[str, str]] = Counter()
    for item in stream(ALERT_CONFIGURATIONS):
        if item["alert_id"] == COUNT:
            continue
        alert = alert_from_item(item)
        if alert.partition is not None:
            found[alert.asset_id, alert.partition.count_name(SUBSCRIBER)] += 1
    said = {
        (item["series_id"], name): item[name]
        for item in stream(TRIGGER_SERIES)
        for name in item
        if name.startswith(COUNTS)
    }
    for series_id, name in {**said, **found}:
        row = row_name(TRIGGER_SERIES, {"series_id": series_id})
        stored, counted = said.get((series_id, name), Decimal(0)), Decimal(found[series_id, name])
        yield from compared("", row, name, stored, "alerts that wait there are", counted)


RULES = (
    alerts_are_counted,
    alerts_are_armed_where_they_watch,
    firings_are_counted,
    firings_notify_once,
    facts_notify_once,
    deliveries_go_out,
)
STORE_RULES = (armed_levels_are_counted,)


def _alert_items(account: Account) -> list[Item]:
    return [item for item in account.of(ALERT_CONFIGURATIONS) if item["alert_id"] != COUNT]


def _entries(account: Account) -> list[Entry]:
    return [entry_from_item(item) for item in account.of(ALERT_HISTORY)]


def _notes(account: Account) -> dict[str, Notification]:
    items = [item for item in account.of(NOTIFICATIONS) if item["entry"].startswith(NOTE)]
    return {item["notification_id"]: notification_from_item(item) for item in items}


def _deliveries(account: Account) -> list[Delivery]:
    return [delivery_from_item(item) for item in account.of(NOTIFICATIONS) if item["entry"].startswith(DELIVERY)]


def _count_error(alert: Alert, numbers: list[int], last: datetime | None) -> str:
    """How an alert differs from the firings in its history, of which these are the numbers and the last time."""
    if numbers != list(range(1, alert.trigger_count + 1)):
        return f"trigger_count is {alert.trigger_count}, its history has the firings {numbers}"
    if last is None and alert.last_triggered is not None:
        return f"last_triggered is {alert.last_triggered}, it never fired"
    if last != alert.last_triggered:
        return f"last_triggered is {alert.last_triggered}, its last firing is of {last}"
    return ""


def _of_entries(
    account: Account, entries: Iterable[Entry], notes: Mapping[str, Notification], what: str
) -> Iterable[Disagreement]:
    """What is wrong with the notifications and deliveries of entries that notify."""
    entries = list(entries)
    sent = {(each.content_id, each.channel) for each in _deliveries(account)}
    of_note = Counter(entry.notification_id for entry in entries)
    for entry in entries:
        note_id, row = entry.notification_id, {"triggered_at": ids.time_key(entry.at, entry.entry_id)}
        if note_id not in notes:
            yield _wrong(account, ALERT_HISTORY, row, f"its notification is {note_id}, which is not there")
        if of_note[note_id] > 1:
            yield _wrong(account, ALERT_HISTORY, row, f"{note_id} is of {of_note[note_id]} {what}s")
        for channel in entry.channels if entry.recorded_at > account.now - KEPT else ():
            if channel in outward() and (note_id, channel) not in sent:
                yield _wrong(account, ALERT_HISTORY, row, f"there is no delivery of {note_id} by {channel}")


def _is_an_older_order(note: Notification) -> bool:
    return note.kind is NotificationKind.ORDER and note.notification_id != fact_note_id(note.at, note.reference)


def _delivery_errors(item: Item, *, is_proved: bool, latest: datetime) -> Iterable[str]:
    """is_proved: whether the user's address is. latest: when one that is due by now was due at the latest."""
    delivery = delivery_from_item(item)
    status, waits = delivery.status, delivery.status is DeliveryStatus.WAITING
    if (status.is_final or waits) == ("due" in item):
        yield f"status is {status}, due is {item.get('due')}"
    if waits and is_proved and delivery.due_at < latest:
        yield "it waits for an address that is proved"
    if not status.is_final and not waits and delivery.due_at < latest:
        yield f"{status}, and due since {clock.to_text(delivery.due_at)}"
    if (status is DeliveryStatus.SENDING) != bool(delivery.lease):
        yield f"status is {status}, lease is {delivery.lease or 'none'}"
    sent = sum(attempt.outcome is DeliveryStatus.SENT for attempt in delivery.attempts)
    if sent != (status is DeliveryStatus.SENT):
        yield f"status is {status}, and it was sent {sent} times"


def _wrong(account: Account, table: Table, key: Mapping[str, Any], detail: str) -> Disagreement:
    return Disagreement(account.username, row_name(table, key), detail)


def _wrong_note(account: Account, note: Notification, detail: str) -> Disagreement:
    key = notification_address(account.username, note.notification_id).key
    return _wrong(account, NOTIFICATIONS, key, detail)
