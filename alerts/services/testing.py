"""The test message of an alert: the same way out as a firing, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from alerts import wording
from alerts.domain.notification import NotificationKind
from alerts.repositories import alerts as alert_rows
from alerts.services import committing, nudging
from alerts.services.notifications import notification_writes
from core import clock
from core.accounts.domain import User
from core.errors import NotFound
from core.storage import TransactionCancelled, Write, journey, store


def alert_test(user: User, alert_id: str, *, test_id: str, also: Sequence[Write] = ()) -> None:
    """Send a message by the alert's channels that says that it is a test.

    A repeated test_id sends none. Raises NotFound, and InvalidInput for an id that may not be used.
    """
    committing.check_id_form(test_id, "test_id")
    committing.check_id_is_fresh(test_id, "test_id")
    with journey("alert_test"):
        alert = alert_rows.get(user.username, alert_id)
        if alert is None:
            raise NotFound("This alert")
        writes = notification_writes(
            user.username,
            note_id=test_id,
            kind=NotificationKind.TEST,
            title=f"Test: {wording.firing_title(alert)}",
            body=f"This is a test of your alert on {alert.asset_name}. Nothing has happened to its price.",
            at=clock.now(),
            reference=f"{alert_id}.test-{test_id}",
            link=wording.link(alert),
            channels=alert.terms.channels,
        )
        try:
            store().transact_write([*writes, *also])
        except TransactionCancelled as error:
            if not error.failed("notification"):
                raise
    nudging.nudge()
