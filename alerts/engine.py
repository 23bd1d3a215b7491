"""What the alerts bring to the trigger engine: the armed index, and the claim of a firing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from alerts.domain.alert import Alert, Outcome
from alerts.repositories import alerts as alert_rows
from alerts.services import committing, nudging
from alerts.services.firing import announce_firing, firing_writes
from alerts.services.placing import SUBSCRIBER as NAME
from core.retry import LostRace
from core.storage import TransactionCancelled, store
from market.triggers import series as series_rows
from market.triggers.subscriber import Claimed
from market.triggers.watch import Firing, Watch


class AlertSubscriber:
    """Alerts as a `market.triggers.subscriber.Subscriber`."""

    name = NAME

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[Alert]:
        """Alerts with an armed level from `low` to `high`."""
        return alert_rows.armed_between(arm, low, high, descending=descending)

    def claim(self, watched: Alert, watch: Watch, firing: Firing | None) -> Claimed[Alert]:
        """One transaction of at most 5 items: the alert, its history, a notification, a mail, the counts."""
        now = committing.now()
        after = watched.after(watch, firing, now)
        writes = [
            alert_rows.replacement(after),
            *firing_writes(watched, firing, now),
            *series_rows.counting(watched.asset_id, NAME, watched.partition, after.partition),
        ]
        try:
            store().transact_write(writes)
        except TransactionCancelled as error:
            if not error.failed("alert"):
                raise
            raise LostRace from error
        announce_firing(watched, firing, now)
        told = firing is not None and watched.judge(firing) is Outcome.FIRED
        return Claimed(alert_rows.stored(after), told)

    def read(self, watched: Alert) -> Alert | None:
        """The alert as it stands now."""
        return alert_rows.get(watched.username, watched.alert_id)

    def after_look(self, asset_id: str, told: int) -> None:
        """Have the messages sent."""
        nudging.nudge()


SUBSCRIBER = AlertSubscriber()
