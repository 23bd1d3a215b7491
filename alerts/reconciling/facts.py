"""Notifications of budgets, carbon and orders: each row of the history and its messages."""

from collections import Counter
from collections.abc import Iterable

from alerts.domain.facts import ROOMS, FactEntry, fact_note_id
from alerts.domain.notification import Notification, NotificationKind
from alerts.domain.terms import IN_APP
from alerts.reconciling.rows import about_fact, about_note, deliveries_of, facts_of, notes_of
from alerts.repositories import deliveries
from core.reconciling.rules import Account, Disagreement


def facts_are_told_once(account: Account) -> Iterable[Disagreement]:
    """Every fact has one notification of its own, which says the same, and its deliveries.

    No such notification is without its row of the history, but those of orders that an earlier release wrote, under
    other ids. Deliveries of long ago may have expired.
    """
    notes = {note.notification_id: note for note in notes_of(account)}
    sent = Counter((each.content_id, each.channel) for each in deliveries_of(account))
    entries_of = Counter(entry.notification_id for entry in facts_of(account))
    for entry in facts_of(account):
        yield from _of_note(entry, notes.get(entry.notification_id))
        if entries_of[entry.notification_id] > 1:
            yield about_fact(entry, f"{entry.notification_id} tells of {entries_of[entry.notification_id]} facts")
        for channel in entry.channels if entry.recorded_at > account.now - deliveries.KEPT else ():
            if channel != IN_APP and not sent[entry.notification_id, channel]:
                yield about_fact(entry, f"there is no delivery of {entry.notification_id} by {channel}")
    for note in notes.values():
        if note.kind in ROOMS and not entries_of[note.notification_id] and not _is_an_older_order(note):
            yield about_note(note, "it tells of a fact that no history knows")


def _is_an_older_order(note: Notification) -> bool:
    return note.kind is NotificationKind.ORDER and note.notification_id != fact_note_id(note.at, note.reference)


def _of_note(entry: FactEntry, note: Notification | None) -> Iterable[Disagreement]:
    if note is None:
        yield about_fact(entry, f"it was told by {entry.notification_id}, which is not there")
        return
    said = (note.reference, note.kind, note.title)
    if said != (entry.reference, entry.notification_kind, entry.title):
        yield about_note(note, f"it says {said}, the history {(entry.reference, entry.notification_kind, entry.title)}")
