"""What happened to an alert on a price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from alerts.domain.alert import Alert, Outcome
from alerts.domain.conditions import Condition
from alerts.domain.facts import HistoryKind
from core import clock, ids
from market.triggers.watch import Firing


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One firing of an alert, told or suppressed.

    `at` is market time. `number` counts the firings that were told, 0 for one that was not; `notification_id` and
    `reference` are empty then.
    """

    username: str
    alert_id: str
    entry_id: str
    asset_id: str
    at: datetime
    outcome: Outcome
    price: Decimal
    condition: Condition
    source: str
    channels: tuple[str, ...]
    recorded_at: datetime
    number: int = 0
    notification_id: str = ""
    reference: str = ""

    @property
    def kind(self) -> HistoryKind:
        """The room that it comes from."""
        return HistoryKind.PRICE

    @property
    def was_told(self) -> bool:
        return self.outcome is Outcome.FIRED


def entry_of(alert: Alert, firing: Firing, now: datetime) -> HistoryEntry:
    """The entry for a firing of the alert as it stood before. Its ids follow from the firing: the same again."""
    outcome = alert.judge(firing)
    told = outcome is Outcome.FIRED
    number = alert.trigger_count + 1 if told else 0
    return HistoryEntry(
        username=alert.username,
        alert_id=alert.alert_id,
        entry_id=ids.derived_id(firing.at, "history", alert.alert_id, str(alert.arm_seq), str(firing.seq)),
        asset_id=alert.asset_id,
        at=firing.at,
        outcome=outcome,
        price=firing.price,
        condition=alert.terms.condition,
        source=firing.source,
        channels=tuple(alert.terms.channels),
        recorded_at=now,
        number=number,
        notification_id=_notification_id(alert, firing, number) if told else "",
        reference=f"{alert.alert_id}.{number}" if told else "",
    )


def _notification_id(alert: Alert, firing: Firing, number: int) -> str:
    return ids.derived_id(firing.at, "notification", alert.alert_id, clock.to_text(alert.created_at), str(number))
