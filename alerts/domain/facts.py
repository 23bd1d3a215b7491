"""Facts that other apps than the market notify of: budgets, carbon and orders, and their history."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.domain.notification import MailWords, NotificationKind
from core import ids


class HistoryKind(StrEnum):
    """Which room a row of the history comes from."""

    PRICE = "price"
    BUDGET = "budget"
    CARBON = "carbon"
    ORDER = "order"


ROOMS: Mapping[NotificationKind, HistoryKind] = {
    NotificationKind.BUDGET_ALERT: HistoryKind.BUDGET,
    NotificationKind.BUDGET_EXCEEDED: HistoryKind.BUDGET,
    NotificationKind.LARGE_EXPENSE: HistoryKind.BUDGET,
    NotificationKind.IMPORT_SUMMARY: HistoryKind.BUDGET,
    NotificationKind.CARBON_GOAL: HistoryKind.CARBON,
    NotificationKind.ACHIEVEMENT: HistoryKind.CARBON,
    NotificationKind.ORDER: HistoryKind.ORDER,
}
"""The kinds of notifications that tell a fact, each with the room of its history."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is told: how it reads, where its figures come from, and by which channels it goes.

    `subject` names what it is about: a category, an import, a goal, an achievement or an order. `link` is a path of the
    site. `mail` is what a mail says, where the notification has words of the user in it.
    """

    kind: NotificationKind
    subject: str
    title: str
    body: str
    link: str
    channels: tuple[str, ...]
    mail: MailWords | None = None


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact in the history. `at` is when it happened, on the clock of the wall; `reference` is the event's id."""

    username: str
    entry_id: str
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
    def kind(self) -> HistoryKind:
        """The room that it comes from."""
        return ROOMS[self.notification_kind]

    @property
    def notifies(self) -> bool:
        """Facts are judged before they are told: none is suppressed."""
        return True


def fact_note_id(at: datetime, event_id: str) -> str:
    """The id of the notification of a fact, which follows from its event."""
    return ids.derived_id(at, "notification", event_id)


def fact_entry(username: str, fact: Fact, *, event_id: str, at: datetime, now: datetime) -> FactEntry:
    """The entry for a fact that an event tells. Its ids follow from the event: the same again."""
    return FactEntry(
        username=username,
        entry_id=ids.derived_id(at, "history", event_id),
        notification_kind=fact.kind,
        subject=fact.subject,
        title=fact.title,
        link=fact.link,
        at=at,
        channels=tuple(fact.channels),
        recorded_at=now,
        notification_id=fact_note_id(at, event_id),
        reference=event_id,
    )
