"""What users are told, and its way out by mail and the like."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

MILLISECOND = timedelta(milliseconds=1)
INTERRUPTED = "The sender stopped before it knew how this ended."
RETRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
"""How long to wait after the first, second, ... attempt that failed; after the last of these it is given up."""


class NotificationKind(StrEnum):
    """What a notification is about."""

    ALERT = "alert"
    ORDER = "order"
    TEST = "test"
    BUDGET_ALERT = "budget_alert"
    BUDGET_EXCEEDED = "budget_exceeded"
    LARGE_EXPENSE = "large_expense"
    IMPORT_SUMMARY = "import_summary"
    CARBON_GOAL = "carbon_goal"
    ACHIEVEMENT = "achievement"


class DeliveryStatus(StrEnum):
    """Where a delivery stands. The last three are final."""

    QUEUED = "queued"
    SENDING = "sending"
    RETRY = "retry"
    SENT = "sent"
    FAILED = "failed"
    SUPPRESSED = "suppressed"

    @property
    def is_final(self) -> bool:
        return self in (DeliveryStatus.SENT, DeliveryStatus.FAILED, DeliveryStatus.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing that a user is told.

    `at` is when it happened on the clock of its source: the feed's where `asset_id` names an asset, else the wall's.
    `created_at` is wall time. `reference` is the part of the Message-ID before the host. `link` is a path of the
    site or empty.
    """

    username: str
    notification_id: str
    kind: NotificationKind
    title: str
    body: str
    at: datetime
    created_at: datetime
    reference: str
    link: str = ""
    source: str = ""
    asset_id: str = ""
    read_at: datetime | None = None

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to send: when, how it ended, how long it took, and what the other side said."""

    at: datetime
    outcome: DeliveryStatus
    milliseconds: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification on its way out by one channel.

    `due_at` is when to send it; while it is being sent, when the lease of its sender ends.
    """

    notification: Notification
    channel: str
    status: DeliveryStatus
    due_at: datetime
    lease: str = ""
    attempts: tuple[Attempt, ...] = ()

    def leased(self, owner: str, now: datetime, length: timedelta) -> Delivery:
        """The delivery as its sender takes it; a lease that ran out leaves an attempt whose end nobody knows."""
        taken = replace(self, status=DeliveryStatus.SENDING, lease=owner, due_at=now + length)
        if self.status is not DeliveryStatus.SENDING:
            return taken
        attempt = Attempt(self.due_at - length, DeliveryStatus.SENDING, length // MILLISECOND, INTERRUPTED)
        return replace(taken, attempts=(*self.attempts, attempt))

    def ended(self, status: DeliveryStatus, started: datetime, now: datetime, detail: str = "") -> Delivery:
        """The delivery after an attempt that is final."""
        return self._after(status, started, now, detail)

    def failed(self, started: datetime, now: datetime, detail: str) -> Delivery:
        """The delivery after an attempt that may be repeated: due again later, or given up after the last."""
        tried = len(self.attempts)
        if tried >= len(RETRY_AFTER):
            return self._after(DeliveryStatus.FAILED, started, now, detail)
        return replace(self._after(DeliveryStatus.RETRY, started, now, detail), due_at=now + RETRY_AFTER[tried])

    def _after(self, status: DeliveryStatus, started: datetime, now: datetime, detail: str) -> Delivery:
        attempt = Attempt(started, status, (now - started) // MILLISECOND, detail)
        return replace(self, status=status, lease="", attempts=(*self.attempts, attempt))
