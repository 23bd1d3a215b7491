"""The test message of an alert: the same way out as a firing, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from alerts import wording
from alerts.domain.notification import MailWords, NotificationKind
from alerts.repositories import alerts as alert_rows
from alerts.repositories import notifications
from alerts.services import nudging
from alerts.services.announcing import announce
from alerts.services.notifications import notification_writes
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories import attempts
from core.accounts.repositories.users import open_check
from core.accounts.services import lockout
from core.commit import commit
from core.errors import NotFound
from core.retry import optimistic
from core.storage import Write, journey, store


def alert_test(user: User, alert_id: str, *, test_id: str, also: Sequence[Write] = ()) -> None:
    """Send a message by the alert's channels that says that it is a test.

    3 requests. A repeated test_id sends none. Raises NotFound, InvalidInput for an id that may not be used, and
    TooOften `too_many_tests` after five within 300 seconds: it is mail, and an address is not proven to be the user's.
    """
    ids.check_fresh(test_id, "test_id")
    with journey("alert_test"):
        optimistic(lambda: _tell(user, alert_id, test_id, also))
    nudging.nudge()


def _tell(user: User, alert_id: str, test_id: str, also: Sequence[Write]) -> None:
    """Write the test message and count it. Raises LostRace when another was counted at the same moment."""
    try_name = lockout.test_message_try(user.username)
    alert = alert_rows.get(user.username, alert_id)
    if alert is None:
        raise NotFound("This alert")
    told, tries = store().batch_get(
        [notifications.get_operation(user.username, test_id), attempts.attempts_address(try_name)], consistent=True
    )
    if told is not None:
        return
    count = lockout.counting_write(
        try_name, attempts.attempts_from_item(tries), code="too_many_tests", what="Five test messages were sent."
    )
    writes = notification_writes(
        user.username,
        note_id=test_id,
        kind=NotificationKind.TEST,
        title=f"Test: {wording.firing_title(alert)}",
        body=wording.test_body(alert),
        at=clock.now(),
        reference=f"{alert_id}.test-{test_id}",
        link=wording.link(alert),
        mail=MailWords(f"Test: {wording.firing_subject(alert)}", wording.test_mail(alert)),
        channels=alert.terms.channels,
    )
    commit([*writes, count, open_check(user.username)], also)
    announce(user.username, test_id)
