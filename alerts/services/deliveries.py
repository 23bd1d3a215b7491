"""Sending what is due.

At least once: a delivery is leased, sent, and marked as sent. A sender that dies in between leaves a lease that runs
out, and the next one sends the same message again under the same Message-ID, by which the receiver recognises it. No
more than what was under way at that moment goes out twice. Due times are stored and polled; nothing waits in a queue.

Senders choose at random among those that have waited longest, so that two at once seldom try to lease the same; and
one message of each user before the second of any, so that many of one user keep nobody waiting.
"""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice, zip_longest

from django.conf import settings

from alerts.channels import Message, Sender, TransportError, outward
from alerts.domain.notification import Delivery, DeliveryStatus
from alerts.metrics import DELIVERIES
from alerts.presentation.messages import account_message, notification_message
from alerts.repositories.deliveries import (
    WAITS,
    delivery_change,
    delivery_from_item,
    due_query,
    waiting_query,
)
from alerts.services.snapshot import MessageSnapshot, message_snapshots_of
from core import clock, ids, nudges
from core.accounts.mails import AccountMail
from core.accounts.repositories.users import unconfirmed_check
from core.commit import commit
from core.reading import every, pages, understood
from core.retry import LostRace
from core.storage import ConditionFailed, journey, store

logger = logging.getLogger(__name__)

TAKEN_AT_ONCE = 25
"""Messages for which what they need is read together, and which go out over one connection."""
READ_AT_ONCE = 200
MOST_PAGES = 5
FEWEST_USERS = 5
"""While fewer users than this are among those that wait longest, more is read, up to 1,000 in all."""
LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class NotSent:
    """Why a message is not sent at all, and how its delivery ends."""

    detail: str
    status: DeliveryStatus = DeliveryStatus.SUPPRESSED


@dataclass(slots=True)
class Delivered:
    """How many deliveries ended how, and how many another sender had taken. `has_more`: time ran out before the end."""

    sent: int = 0
    retry: int = 0
    failed: int = 0
    suppressed: int = 0
    waiting: int = 0
    taken: int = 0
    has_more: bool = False

    def count(self, status: DeliveryStatus | None) -> None:
        """Count one more; None for one that another sender had taken."""
        name = "taken" if status is None else status.value
        setattr(self, name, getattr(self, name) + 1)


def nudge() -> None:
    """Ask a worker to send what is due. Call it after the transaction that wrote it.

    Never fails: beat finds what a lost nudge leaves behind.
    """
    nudges.send("alerts.tasks.deliver_due")


def deliver_due(seconds: float | None = None) -> Delivered:
    """Send all that is due now, or one and as many more as can be begun within these seconds.

    Safe to run at the same time in many workers. For 25 messages it is one request for each 200 that are due, at most
    five; one for all that the messages say; and two writes for each.
    """
    total = Delivered()
    ends = None if seconds is None else time.monotonic() + seconds
    with journey("deliver"):
        while some := _next_ones():
            taken = total.taken
            _send(some, total, ends)
            if total.has_more or total.taken - taken == len(some):
                break
    return total


def deliveries_release(username: str) -> int:
    """Have those sent that waited for the user to prove the address, but none older than a week; how many they are.

    Safe to repeat. One request for each 1 MB of the user's deliveries, and one for each that waited.
    """
    count = 0
    for item in every(waiting_query(username)):
        delivery, now = delivery_from_item(item), clock.now()
        if delivery.content.created_at > now - WAITS:
            count += _change(delivery, delivery.released(now))
        else:
            late = "The address was confirmed more than a week later."
            _change(delivery, delivery.ended(DeliveryStatus.SUPPRESSED, now, now, late))
    if count:
        nudge()
    return count


def _next_ones() -> list[Delivery]:
    """Up to 25 of those that wait longest, one of each user before the second of any."""
    waiting: dict[str, list[Delivery]] = defaultdict(list)
    for page in islice(pages(due_query(clock.now(), READ_AT_ONCE)), MOST_PAGES):
        for delivery in understood(page.items, delivery_from_item, what="delivery", key="entry"):
            waiting[delivery.content.username].append(delivery)
        if len(waiting) >= FEWEST_USERS:
            break
    shuffled = [random.sample(of_user, len(of_user)) for of_user in waiting.values()]
    turns = chain.from_iterable(zip_longest(*random.sample(shuffled, len(shuffled))))
    return list(islice((delivery for delivery in turns if delivery is not None), TAKEN_AT_ONCE))


def _send(some: Sequence[Delivery], total: Delivered, ends: float | None) -> None:
    snapshots = message_snapshots_of([delivery.content for delivery in some])
    with ExitStack() as opened:
        senders = {name: opened.enter_context(channel.opened()) for name, channel in outward().items()}
        for delivery, snapshot in zip(some, snapshots, strict=True):
            total.count(_deliver(delivery, snapshot, senders))
            if ends is not None and time.monotonic() > ends:
                total.has_more = True
                return


def _deliver(delivery: Delivery, snapshot: MessageSnapshot, senders: Mapping[str, Sender]) -> DeliveryStatus | None:
    """How the attempt ended; None where another sender has taken it, before or meanwhile."""
    started = clock.now()
    leased = delivery.leased(ids.new_id(), started, timedelta(seconds=settings.DELIVERY_LEASE_SECONDS))
    if not _change(delivery, leased):
        return None
    after = _attempt(leased, snapshot, senders)
    if after.status is DeliveryStatus.WAITING:
        return _hold(leased, after)
    if not _change(leased, after):
        return None
    DELIVERIES.labels(after.channel, after.status.value).inc()
    return after.status


def _hold(leased: Delivery, waiting: Delivery) -> DeliveryStatus | None:
    """Have a delivery wait; where the address was proved meanwhile, which has released those that waited, it is due."""
    try:
        commit([delivery_change(leased, waiting), unconfirmed_check(leased.content.username)])
    except LostRace:
        _change(leased, leased.released(clock.now()))
        return None
    DELIVERIES.labels(waiting.channel, waiting.status.value).inc()
    return waiting.status


def _change(before: Delivery, after: Delivery) -> bool:
    """Write a delivery if it is still as it was read; False where somebody else has changed it."""
    try:
        store().write(delivery_change(before, after))
    except ConditionFailed:
        return False
    return True


def _attempt(delivery: Delivery, snapshot: MessageSnapshot, senders: Mapping[str, Sender]) -> Delivery:
    started = clock.now()
    try:
        message = _message(delivery, snapshot, started)
        if message is None:
            return delivery.waiting(clock.now())
        if isinstance(message, NotSent):
            return delivery.ended(message.status, started, clock.now(), message.detail)
        detail = senders[delivery.channel](message)
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


def _message(delivery: Delivery, snapshot: MessageSnapshot, now: datetime) -> Message | NotSent | None:
    """What to send, why nothing is sent, or None where it waits for a proved address."""
    content, channel = delivery.content, outward()[delivery.channel]
    user = snapshot.user
    if user is None:
        return NotSent("The account is closed.")
    if isinstance(content, AccountMail):
        if content.expires_at <= now:
            logger.error("mail %s of %s is dropped: it did not go out in time", content.kind, content.username)
            return NotSent("It did not go out in time.", DeliveryStatus.FAILED)
        return account_message(content, user) or NotSent("It is not needed any more.")
    if obstacle := channel.obstacle(user):
        return NotSent(obstacle)
    if not user.is_active:
        return NotSent("The account is not active.")
    if channel.waits(user):
        return None
    to, asset, alert = channel.address_of(user), snapshot.asset, snapshot.alert
    return notification_message(content, to, asset=asset, alert=alert, now=clock.now())
