"""What users are notified of, and its deliveries by mail and other channels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from alerts.domain.kinds import NotificationKind
from core.accounts.mails import AccountMail

MILLISECOND = timedelta(milliseconds=1)
INTERRUPTED = "The sender stopped before it knew how this ended."
RETRY_AFTER = (
    timedelta(seconds=30),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    *(timedelta(hours=6),) * 20,
)
"""How long to wait after the first, second, ... attempt that failed; after the last of these it is given up.

About five days, as long as RFC 5321 (section 4.5.4.1) asks of those who pass mails on.
"""
SHARE_OF_ITS_TIME = 12
"""A mail that ends at a moment of its own waits for this part of its time at most, and not beyond its end."""


class DeliveryStatus(StrEnum):
    """What a delivery has come to. The last three are final; one that waits is for an address that is not proved."""

    WAITING = "waiting"
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
class MailWords:
    """What a mail says of a notification.

    The subject is made of the site's own words and figures; in the body what the user wrote is marked as theirs.
    """

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Words:
    """What a notification says. `link` is a path of the site or empty.

    `mail` is what a mail says; without it, the same. It must be given where the user's own words are in title or body.
    """

    title: str
    body: str
    link: str = ""
    mail: MailWords | None = None


@dataclass(frozen=True, slots=True)
class Notification:
    """One thing that a user is notified of.

    `at` is when it happened on the clock of its source: the feed's where `asset_id` names an asset, else the wall's.
    `created_at` is wall time. `reference` is the part of the Message-ID before the host. `link` is a path of the
    site or empty. `mail` is what goes out by mail: as of one read from a delivery's row, and while it is written.
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
    mail: MailWords | None = None

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to send: when, how it ended, how long it took, and what the other side said."""

    at: datetime
    outcome: DeliveryStatus
    milliseconds: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notification, or a mail about an account, on its way out by one channel.

    `due_at` is when to send it; while it is being sent, when the lease of its sender ends.
    """

    content: Notification | AccountMail
    channel: str
    status: DeliveryStatus
    due_at: datetime
    lease: str = ""
    attempts: tuple[Attempt, ...] = ()

    @property
    def content_id(self) -> str:
        """The id of the notification or the mail."""
        return self.content.mail_id if isinstance(self.content, AccountMail) else self.content.notification_id

    def leased(self, owner: str, now: datetime, length: timedelta) -> Delivery:
        """The delivery as its sender takes it; a lease that ran out leaves an attempt with an unknown end."""
        taken = replace(self, status=DeliveryStatus.SENDING, lease=owner, due_at=now + length)
        if self.status is not DeliveryStatus.SENDING:
            return taken
        attempt = Attempt(self.due_at - length, DeliveryStatus.SENDING, length // MILLISECOND, INTERRUPTED)
        return replace(taken, attempts=(*self.attempts, attempt))

    def ended(self, status: DeliveryStatus, started: datetime, now: datetime, detail: str = "") -> Delivery:
        """The delivery after an attempt, which is final unless the status says otherwise."""
        attempt = Attempt(started, status, (now - started) // MILLISECOND, detail)
        return replace(self, status=status, lease="", attempts=(*self.attempts, attempt))

    def waiting(self, now: datetime) -> Delivery:
        """The delivery while the user's address is not proved: not due until it is released."""
        return replace(self, status=DeliveryStatus.WAITING, lease="", due_at=now)

    def released(self, now: datetime) -> Delivery:
        """The delivery as it was queued at first, due now."""
        return replace(self, status=DeliveryStatus.QUEUED, lease="", due_at=now)

    def failed(self, started: datetime, now: datetime, detail: str) -> Delivery:
        """The delivery after an attempt that may be repeated: due again later, or given up after the last."""
        wait = self._wait(now)
        if wait is None:
            return self.ended(DeliveryStatus.FAILED, started, now, detail)
        return replace(self.ended(DeliveryStatus.RETRY, started, now, detail), due_at=now + wait)

    def _wait(self, now: datetime) -> timedelta | None:
        """How long to wait for the next attempt; None after the last."""
        tried = len(self.attempts)
        if isinstance(self.content, AccountMail):
            left = max(self.content.expires_at - now, timedelta(0))
            share = (self.content.expires_at - self.content.created_at) / SHARE_OF_ITS_TIME
            return min(RETRY_AFTER[min(tried, len(RETRY_AFTER) - 1)], share, left)
        return RETRY_AFTER[tried] if tried < len(RETRY_AFTER) else None
