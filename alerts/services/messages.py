"""The text of a message that goes out."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings

from alerts.channels import Message
from alerts.domain.notification import Delivery, Notification, NotificationKind
from alerts.repositories import alerts as alert_rows
from core import clock
from core.accounts.domain import User
from core.errors import NotFound
from core.presentation import moments, numbers
from market.selectors import Asset, asset_get
from market.triggers.partitions import Direction

LATE_AFTER = timedelta(minutes=1)


def message_of(user: User, delivery: Delivery) -> Message:
    """What to send; at most 2 requests, one where it is not late."""
    notification = delivery.notification
    facts = [f"Time: {notification.at:%Y-%m-%d %H:%M:%S} UTC"]
    if notification.source:
        facts.append(f"Source: {notification.source}")
    parts = [notification.body, "\n".join(facts)]
    if notification.kind is NotificationKind.ALERT and (late := _late_text(notification)):
        parts.append(late)
    if notification.link:
        parts.append(settings.PUBLIC_URL + notification.link)
    return Message(user, notification.title, "\n\n".join(parts) + "\n", message_id_of(notification))


def message_id_of(notification: Notification) -> str:
    """The Message-ID, without its angle brackets: the same for every attempt."""
    return f"{notification.reference}@{urlsplit(settings.PUBLIC_URL).hostname}"


def _late_text(notification: Notification) -> str:
    """How late the message is and whether the condition still holds; empty while it is not late."""
    try:
        asset = asset_get(notification.asset_id)
    except NotFound:
        return ""
    late = asset.market_now(clock.now()) - notification.at
    if late <= LATE_AFTER or asset.price is None:
        return ""
    sentences = [f"This message is {moments.age(late)} late.", f"The price is now {numbers.price(asset.price)} USD."]
    return " ".join([*sentences, *_standing(notification, asset)])


def _standing(notification: Notification, asset: Asset) -> list[str]:
    alert_id, _, _ = notification.reference.partition(".")
    alert = alert_rows.get(notification.username, alert_id)
    if alert is None or asset.price is None:
        return []
    watch = alert.judged
    holds = asset.price >= watch.level if watch.direction is Direction.UP else asset.price <= watch.level
    return ["The condition still holds." if holds else "The condition no longer holds."]
