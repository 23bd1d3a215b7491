"""The test message of an alert: the same way out as a firing, and nothing else."""

from collections.abc import Sequence

from alerts import wording
from alerts.domain.notification import NotificationKind
from alerts.repositories.notifications import notification_address
from alerts.selectors import alert_get
from alerts.services.deliveries import deliver_soon
from alerts.services.notifications import announce, notification_writes
from core import clock, ids
from core.accounts.domain import User
from core.accounts.repositories import attempts
from core.accounts.repositories.users import open_check
from core.accounts.services import lockout
from core.commit import commit
from core.retry import optimistic
from core.storage import Write, journey, store


def alert_test(user: User, alert_id: str, *, test_id: str, also: Sequence[Write] = ()) -> None:
    """Send a message by the alert's channels that says that it is a test.

    3 requests. A repeated test_id sends none. Raises NotFound, InvalidInput for an id that may not be used, and
    TooOften `too_many_tests` after five within 300 seconds: it is mail, and an address is not proven to be the user's.
    """
    ids.check_fresh(test_id, "test_id")
    with journey("alert_test"):
        optimistic(lambda: _send(user, alert_id, test_id, also))
    deliver_soon()


def _send(user: User, alert_id: str, test_id: str, also: Sequence[Write]) -> None:
    """Write the test message and count it. Raises LostRace when another was counted at the same moment."""
    try_name = lockout.test_message_try(user.username)
    alert = alert_get(user.username, alert_id)
    sent, tries = store().batch_get(
        [notification_address(user.username, test_id), attempts.attempts_address(try_name)], consistent=True
    )
    if sent is not None:
        return
    count = lockout.counting_write(
        try_name, attempts.attempts_from_item(tries), code="too_many_tests", what="Five test messages were sent."
    )
    writes = notification_writes(
        user.username,
        note_id=test_id,
        kind=NotificationKind.TEST,
        words=wording.test_words(alert),
        at=clock.now(),
        reference=f"{alert_id}.test-{test_id}",
        channels=alert.terms.channels,
    )
    commit([*writes, count, open_check(user.username)], also)
    announce(user.username, test_id)
