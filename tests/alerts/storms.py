"""Thousands of alerts of many users around one round level, which one move crosses, and what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from alerts.domain.alert import Alert
from alerts.domain.history import HistoryEntry
from alerts.selectors import alerts_of, deliveries_all, history_all, notifications_all
from core.accounts.domain import User
from tests.alerts.builders import an_alert

BY_MAIL = ("in_app", "email")
ROUND = 110
BEYOND = "121"
"""A price past all of them; they begin at 100."""


@dataclass
class Storm:
    """Users with that many alerts each: nine of ten at the round level, the others from 101 to 120, half by mail."""

    users: Sequence[User]
    alerts_of_each: int
    asset_id: str = "bitcoin"

    @property
    def size(self) -> int:
        return len(self.users) * self.alerts_of_each

    def gather(self) -> None:
        """Set the alerts."""
        for number in range(self.size):
            user = self.users[number % len(self.users)]
            level = ROUND if number % 10 else 101 + number // 10 % 20
            channels = BY_MAIL if number % 4 < 2 else BY_MAIL[:1]
            an_alert(user, ">=", str(level), asset_id=self.asset_id, channels=channels)

    def alerts(self) -> list[Alert]:
        return [alert for user in self.users for alert in alerts_of(user.username)]

    def history(self) -> list[HistoryEntry]:
        """All firings in the order in which they were written."""
        found = [entry for user in self.users for entry in history_all(user.username)]
        return sorted(found, key=lambda entry: entry.recorded_at)

    def check(self) -> None:
        """Every alert has fired once, nearest first, and has notified."""
        history = self.history()
        alert_ids = sorted(alert.alert_id for alert in self.alerts())
        assert len(alert_ids) == self.size
        assert sorted(entry.alert_id for entry in history) == alert_ids
        for user in self.users:
            notified = {note.reference.partition(".")[0] for note in notifications_all(user.username)}
            assert notified == {alert.alert_id for alert in alerts_of(user.username)}
            by_mail = {delivery.content_id for delivery in deliveries_all(user.username)}
            assert by_mail == {e.notification_id for e in history_all(user.username) if "email" in e.channels}
        check_nearest_first(history)


def check_nearest_first(history: Sequence[HistoryEntry]) -> None:
    """No level fired before a nearer one; what was written in one millisecond has no order."""
    moments = [
        sorted(entry.condition.threshold for entry in written)
        for _, written in groupby(history, key=lambda entry: entry.recorded_at)
    ]
    assert len(moments) > 1
    farthest = Decimal(0)
    for levels in moments:
        assert farthest <= levels[0], f"{levels[0]} fired after {farthest}"
        farthest = levels[-1]
