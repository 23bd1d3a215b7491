"""What happened to an alert on a price."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from alerts.domain.conditions import Condition
from alerts.domain.facts import HistoryKind


class Outcome(StrEnum):
    """What becomes of a firing."""

    FIRED = "fired"
    COOLDOWN = "cooldown"
    EXPIRED = "expired"


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
    def notifies(self) -> bool:
        """Whether the user is notified of it."""
        return self.outcome is Outcome.FIRED
