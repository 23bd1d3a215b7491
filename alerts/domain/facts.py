"""Facts that other apps than the market notify of: budgets, carbon and orders, and their history."""

from dataclasses import dataclass
from datetime import datetime

from alerts.domain.history import HistoryEntry
from alerts.domain.kinds import HistoryKind, NotificationKind
from alerts.domain.notification import Words
from core import ids


@dataclass(frozen=True, slots=True)
class Fact:
    """What a user is notified of, in these words and by these channels.

    subject: what it is about, as the id of an import, goal, achievement or order, or the name of a category.
    """

    kind: NotificationKind
    subject: str
    words: Words
    channels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact in the history. `at` is when it happened, on the clock of the wall; `reference` is the event's id."""

    username: str
    entry_id: str
    kind: HistoryKind
    notification_kind: NotificationKind
    subject: str
    title: str
    link: str
    at: datetime
    channels: tuple[str, ...]
    recorded_at: datetime
    notification_id: str
    reference: str

    @property
    def notifies(self) -> bool:
        """Always: whether a fact notifies is decided before its event."""
        return True


Entry = HistoryEntry | FactEntry
"""Of the history, of whatever kind."""


def fact_note_id(at: datetime, event_id: str) -> str:
    """The id of the notification of a fact, which follows from its event."""
    return ids.derived_id(at, "notification", event_id)


def fact_entry(username: str, fact: Fact, *, event_id: str, at: datetime, now: datetime) -> FactEntry:
    """The entry for the fact of an event. Its ids follow from the event: the same again."""
    return FactEntry(
        username=username,
        entry_id=ids.derived_id(at, "history", event_id),
        kind=fact.kind.traits.history or HistoryKind.OTHER,
        notification_kind=fact.kind,
        subject=fact.subject,
        title=fact.words.title,
        link=fact.words.link,
        at=at,
        channels=fact.channels,
        recorded_at=now,
        notification_id=fact_note_id(at, event_id),
        reference=event_id,
    )
