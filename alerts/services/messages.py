"""The text of a message that goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlsplit

from django.conf import settings

from alerts.channels import Message
from alerts.domain.alert import Alert
from alerts.domain.notification import MailWords, Notification, NotificationKind
from alerts.repositories.alerts import alert_address, alert_from_item
from core import clock
from core.accounts.domain import User
from core.accounts.mail_texts import text_of
from core.accounts.mails import AccountMail
from core.accounts.repositories import users
from core.currencies import BASE
from core.presentation import moments, numbers
from core.storage import Get, Item, store
from market.selectors import Asset, asset_address, asset_of
from market.triggers.partitions import Direction

SUBJECTS = {
    NotificationKind.ALERT: "Price alert",
    NotificationKind.ORDER: "Order filled",
    NotificationKind.TEST: "Test of an alert",
    NotificationKind.BUDGET_ALERT: "Budget alert",
    NotificationKind.BUDGET_EXCEEDED: "Budget exceeded",
    NotificationKind.LARGE_EXPENSE: "Large expense",
    NotificationKind.IMPORT_SUMMARY: "Import finished",
    NotificationKind.CARBON_GOAL: "Carbon goal passed",
    NotificationKind.ACHIEVEMENT: "Achievement",
}
"""Subjects of mails whose row has none, by their kind: those of an earlier release."""
LATE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Facts:
    """What messages are made from besides their notifications, as read from the store: rows by their address."""

    rows: Mapping[str, Item | None]

    def user_of(self, content: Notification | AccountMail) -> User | None:
        """Whose it is; None where the account is closed."""
        item = self.rows.get(_user_of(content))
        return None if item is None else users.user_from_item(item)

    def asset_of(self, notification: Notification) -> Asset | None:
        """The asset that it is about, if there is one."""
        item = self.rows.get(_asset_of(notification))
        return None if item is None else asset_of(item)

    def alert_of(self, notification: Notification) -> Alert | None:
        """The alert that told it, if there still is one."""
        item = self.rows.get(_alert_of(notification))
        return None if item is None else alert_from_item(item)


def facts_of(contents: Sequence[Notification | AccountMail]) -> Facts:
    """The facts for the messages of up to 33 notifications and mails about accounts; one request.

    With such a mail among them it is consistent: a link made from an account of a moment ago would be void.
    """
    gets: dict[str, Get] = {}
    for content in contents:
        gets[_user_of(content)] = users.user_address(content.username)
        if isinstance(content, Notification) and content.kind is NotificationKind.ALERT:
            gets[_asset_of(content)] = asset_address(content.asset_id)
            alert_id, _, _ = content.reference.partition(".")
            gets[_alert_of(content)] = alert_address(content.username, alert_id)
    consistent = any(isinstance(content, AccountMail) for content in contents)
    return Facts(dict(zip(gets, store().batch_get(list(gets.values()), consistent=consistent), strict=True)))


def message_of(user: User, content: Notification | AccountMail, facts: Facts, *, to: str) -> Message | None:
    """What to send, a notification to this address; None for a mail about an account that is not needed any more."""
    if isinstance(content, Notification):
        return _of_notification(content, facts, to)
    text = text_of(content, user)
    return None if text is None else Message(content.address, text.subject, text.body, message_id_of(content))


def _of_notification(notification: Notification, facts: Facts, to: str) -> Message:
    lines = [f"Time: {notification.at:%Y-%m-%d %H:%M:%S} UTC"]
    if notification.source:
        lines.append(f"Source: {notification.source}")
    words = notification.mail or MailWords(SUBJECTS[notification.kind], notification.body)
    parts = [words.body, "\n".join(lines)]
    if notification.kind is NotificationKind.ALERT and (late := _late_text(notification, facts)):
        parts.append(late)
    if notification.link:
        parts.append(settings.PUBLIC_URL + notification.link)
    return Message(to, words.subject, "\n\n".join(parts) + "\n", message_id_of(notification))


def message_id_of(content: Notification | AccountMail) -> str:
    """The Message-ID, without its angle brackets: the same for every attempt."""
    return f"{content.reference}@{urlsplit(settings.PUBLIC_URL).hostname}"


def _late_text(notification: Notification, facts: Facts) -> str:
    """How late the message is and whether the condition still holds; empty while it is not late."""
    asset = facts.asset_of(notification)
    if asset is None or asset.price is None:
        return ""
    late = asset.market_now(clock.now()) - notification.at
    if late <= LATE_AFTER:
        return ""
    price = numbers.with_code(numbers.price(asset.price), BASE.code)
    sentences = [f"This message is {moments.age(late)} late.", f"The price is now {price}."]
    return " ".join([*sentences, *_standing(asset.price, facts.alert_of(notification))])


def _standing(price: Decimal, alert: Alert | None) -> list[str]:
    if alert is None:
        return []
    watch = alert.judged
    holds = price >= watch.level if watch.direction is Direction.UP else price <= watch.level
    return ["The condition is still met." if holds else "The condition is not met any more."]


def _user_of(content: Notification | AccountMail) -> str:
    return f"user {content.username}"


def _asset_of(notification: Notification) -> str:
    return f"asset {notification.asset_id}"


def _alert_of(notification: Notification) -> str:
    return f"alert {notification.username} {notification.reference.partition('.')[0]}"
