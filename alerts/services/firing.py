"""What a firing writes: its history, and, where it is told, a notification and its deliveries."""

from __future__ import annotations

from datetime import datetime

from alerts import wording
from alerts.domain.alert import Alert
from alerts.domain.history import entry_of
from alerts.domain.notification import MailWords, NotificationKind
from alerts.repositories import history
from alerts.services.announcing import announce
from alerts.services.notifications import notification_writes
from core.storage import Write
from market.triggers.watch import Firing


def firing_writes(alert: Alert, firing: Firing | None, now: datetime) -> list[Write]:
    """Writes for the transaction that gives the alert, as it stood before, its new state; none without a firing."""
    if firing is None:
        return []
    entry = entry_of(alert, firing, now)
    if not entry.was_told:
        return [history.put(entry)]
    return [
        history.put(entry),
        *notification_writes(
            alert.username,
            note_id=entry.notification_id,
            kind=NotificationKind.ALERT,
            title=wording.firing_title(alert),
            body=wording.firing_body(alert, firing),
            at=firing.at,
            reference=entry.reference,
            link=wording.link(alert),
            source=firing.source,
            asset_id=alert.asset_id,
            mail=MailWords(wording.firing_subject(alert), wording.firing_mail(alert, firing)),
            channels=alert.terms.channels,
        ),
    ]


def announce_firing(alert: Alert, firing: Firing | None, now: datetime) -> None:
    """Announce what `firing_writes` with these arguments told, if anything; call it once they are committed."""
    if firing is None:
        return
    entry = entry_of(alert, firing, now)
    if entry.was_told:
        announce(entry.username, entry.notification_id)
