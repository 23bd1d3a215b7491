"""Telling a fact of another room: history, notification and deliveries in one transaction."""

from __future__ import annotations

from alerts.channels import OUTWARD
from alerts.domain.facts import Fact, fact_entry
from alerts.domain.notification import MailWords
from alerts.repositories import history
from alerts.services import nudging
from alerts.services.announcing import announce
from alerts.services.notifications import notification_writes
from core import clock
from core.accounts.repositories.users import open_check
from core.events import Event
from core.storage import TransactionCancelled, store


def fact_tell(event: Event, fact: Fact) -> None:
    """Tell a user what an event says, once: the same event again adds nothing.

    1 request. Nothing is told where the account has been closed since.
    """
    entry = fact_entry(event.username, fact, event_id=event.event_id, at=event.occurred_at, now=clock.now())
    writes = notification_writes(
        event.username,
        note_id=entry.notification_id,
        kind=fact.kind,
        title=fact.title,
        body=fact.body,
        at=entry.at,
        reference=entry.reference,
        link=fact.link,
        mail=fact.mail or MailWords(fact.title, fact.body),
        channels=fact.channels,
    )
    try:
        store().transact_write([history.put_fact(entry), *writes, open_check(event.username)])
    except TransactionCancelled as error:
        if error.failed("account"):
            return
        if not error.failed("notification"):
            raise
    announce(event.username, entry.notification_id)
    if any(kind in OUTWARD for kind in fact.channels):
        nudging.nudge()
