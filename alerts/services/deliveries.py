"""Sending what is due.

At least once: a delivery is leased, sent, and marked as sent. A sender that dies in between leaves a lease that runs
out, and the next one sends the same message again, under the same Message-ID, by which the other side can tell that
it is the same. No more than what was under way at that moment goes out twice. Due times are stored and polled;
nothing waits in a queue.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings

from alerts.channels import OUTWARD, TransportError
from alerts.domain.notification import Delivery, DeliveryStatus
from alerts.domain.terms import ChannelKind
from alerts.metrics import DELIVERIES
from alerts.repositories import deliveries
from alerts.services.messages import message_of
from core import clock, ids
from core.accounts.selectors import user_get
from core.errors import NotFound
from core.storage import journey

logger = logging.getLogger(__name__)

TAKEN_AT_ONCE = 25
LONGEST_DETAIL = 300


@dataclass(slots=True)
class Delivered:
    """How many deliveries ended how."""

    sent: int = 0
    retry: int = 0
    failed: int = 0
    suppressed: int = 0

    def count(self, status: DeliveryStatus) -> None:
        """Count one more."""
        setattr(self, status.value, getattr(self, status.value) + 1)


def deliver_due() -> Delivered:
    """Send all that is due now, the longest waiting first. Safe to run at the same time in many workers."""
    total = Delivered()
    with journey("deliver"):
        while True:
            found = deliveries.due(clock.now(), TAKEN_AT_ONCE)
            statuses = [status for delivery in found if (status := _deliver(delivery)) is not None]
            for status in statuses:
                total.count(status)
            if not statuses:
                return total


def _deliver(delivery: Delivery) -> DeliveryStatus | None:
    """How the attempt ended; None where another sender has taken it, before or meanwhile."""
    started = clock.now()
    leased = delivery.leased(ids.new_id(), started, timedelta(seconds=settings.DELIVERY_LEASE_SECONDS))
    if not deliveries.change(delivery, leased):
        return None
    after = _attempt(leased)
    if not deliveries.change(leased, after):
        return None
    DELIVERIES.labels(after.channel, after.status.value).inc()
    return after.status


def _attempt(delivery: Delivery) -> Delivery:
    started = clock.now()
    try:
        user = user_get(delivery.notification.username)
    except NotFound:
        return delivery.ended(DeliveryStatus.SUPPRESSED, started, clock.now(), "The account is closed.")
    if not user.is_active:
        return delivery.ended(DeliveryStatus.SUPPRESSED, started, clock.now(), "The account is not active.")
    if not user.has_mailbox:
        return delivery.ended(DeliveryStatus.SUPPRESSED, started, clock.now(), "A sample account gets no mail.")
    try:
        detail = OUTWARD[ChannelKind(delivery.channel)].send(message_of(user, delivery))
    except TransportError as error:
        logger.warning("a message was not sent: %s", error.detail, extra={"channel": delivery.channel})
        if error.permanent:
            return delivery.ended(DeliveryStatus.FAILED, started, clock.now(), error.detail[:LONGEST_DETAIL])
        return delivery.failed(started, clock.now(), error.detail[:LONGEST_DETAIL])
    except Exception as error:
        # One message that nobody foresaw must not keep the others from going out.
        logger.exception("a message could not be made or sent", extra={"channel": delivery.channel})
        return delivery.failed(started, clock.now(), type(error).__name__)
    return delivery.ended(DeliveryStatus.SENT, started, clock.now(), detail)
