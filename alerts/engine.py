"""What the alerts bring to the trigger engine: the armed index, and the claim of a firing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from alerts.domain.alert import Alert, Outcome
from alerts.repositories import alerts as alert_rows
from alerts.services import nudging
from alerts.services.firing import announce_firing, firing_writes
from alerts.services.placing import SUBSCRIBER as NAME
from core import clock
from core.storage import TransactionCancelled, Write, store
from market.triggers import series as series_rows
from market.triggers.subscriber import Claim, Claimed, LostClaims


class AlertSubscriber:
    """Alerts as a `market.triggers.subscriber.Subscriber`."""

    name = NAME

    def armed(self, arm: str, low: Decimal, high: Decimal, *, descending: bool) -> Iterator[Alert]:
        """Alerts with an armed level from `low` to `high`."""
        return alert_rows.armed_between(arm, low, high, descending=descending)

    def claim(self, asset_id: str, claims: Sequence[Claim[Alert]]) -> list[Claimed[Alert]]:
        """One transaction: of each at most the alert, its history, a notification and a mail; once the counts."""
        now = clock.now()
        after = [claim.watched.after(claim.watch, claim.firing, now) for claim in claims]
        writes: list[Write] = []
        places: dict[int, int] = {}
        for position, (claim, alert) in enumerate(zip(claims, after, strict=True)):
            places[len(writes)] = position
            writes += [alert_rows.replacement(alert), *firing_writes(claim.watched, claim.firing, now)]
        levels = [(claim.watched.partition, alert.partition) for claim, alert in zip(claims, after, strict=True)]
        writes += series_rows.counting(asset_id, NAME, *levels)
        try:
            store().transact_write(writes)
        except TransactionCancelled as error:
            lost = [position for place, position in places.items() if error.reasons[place].failed]
            if not lost:
                raise
            raise LostClaims(lost) from error
        for claim in claims:
            announce_firing(claim.watched, claim.firing, now)
        return [Claimed(alert_rows.stored(alert), _is_told(claim)) for claim, alert in zip(claims, after, strict=True)]

    def read(self, watched: Sequence[Alert]) -> list[Alert | None]:
        """The alerts as they stand now."""
        return alert_rows.get_many([(alert.username, alert.alert_id) for alert in watched])

    def after_look(self, asset_id: str, told: int) -> None:
        """Have the messages sent."""
        nudging.nudge()


def _is_told(claim: Claim[Alert]) -> bool:
    return claim.firing is not None and claim.watched.judge(claim.firing) is Outcome.FIRED


SUBSCRIBER = AlertSubscriber()
