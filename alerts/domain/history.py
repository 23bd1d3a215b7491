"""Firings of alerts on prices, as the history keeps them."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from alerts.domain.conditions import Condition
from alerts.domain.kinds import HistoryKind

FIRED, SUPPRESSED = "fired", "suppressed"
"""Whether an entry of the history notified, in rows, the API and addresses of pages."""


class Outcome(StrEnum):
    """Whether a firing notifies, or why it does not."""

    FIRED = "fired"
    COOLDOWN = "cooldown"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One firing of an alert.

    `at` is market time. `number` counts the firings that notified, 0 for one that was suppressed; `notification_id` and
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
        """The part of the history in which it is listed."""
        return HistoryKind.PRICE

    @property
    def notifies(self) -> bool:
        """Whether the user is notified of it; else it was suppressed."""
        return self.outcome is Outcome.FIRED
