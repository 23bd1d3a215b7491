"""The messages that leave the site: of notifications, and mails about accounts."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from alerts.channels import Message
from alerts.domain.alert import Alert
from alerts.domain.notification import MailWords, Notification
from core.accounts.domain import User
from core.accounts.mail_texts import text_of
from core.accounts.mails import AccountMail
from core.currencies import BASE
from core.presentation import moments, numbers
from market.selectors import Asset
from market.triggers.partitions import Direction

LATE_AFTER = timedelta(minutes=1)


def notification_message(
    notification: Notification, to: str, *, asset: Asset | None, alert: Alert | None, now: datetime
) -> Message:
    """The message of a notification to this address.

    asset, alert: of a firing, so that a late message says what is true now; alert None where it has been deleted.
    """
    words = notification.mail or MailWords(notification.kind.traits.subject, notification.body)
    time = f"Time: {notification.at:%Y-%m-%d %H:%M:%S} UTC"
    parts = [
        words.body,
        f"{time}\nSource: {notification.source}" if notification.source else time,
        "" if asset is None else _late_text(notification, asset, alert, now),
        settings.PUBLIC_URL + notification.link if notification.link else "",
    ]
    return Message(to, words.subject, "\n\n".join(filter(None, parts)) + "\n", message_id_of(notification))


def account_message(mail: AccountMail, user: User) -> Message | None:
    """The mail about an account; None where it is not needed any more."""
    text = text_of(mail, user)
    return None if text is None else Message(mail.address, text.subject, text.body, message_id_of(mail))


def message_id_of(content: Notification | AccountMail) -> str:
    """The Message-ID, without its angle brackets: the same for every attempt."""
    return f"{content.reference}@{urlsplit(settings.PUBLIC_URL).hostname}"


def _late_text(notification: Notification, asset: Asset, alert: Alert | None, now: datetime) -> str:
    """How late the message is and whether the condition is still met; empty while it is not late."""
    late = asset.market_now(now) - notification.at
    if asset.price is None or late <= LATE_AFTER:
        return ""
    price = numbers.with_code(numbers.price(asset.price), BASE.code)
    sentences = [f"This message is {moments.age(late)} late.", f"The price is now {price}."]
    if alert is not None:
        level, rises = alert.judged.level, alert.judged.direction is Direction.UP
        is_met = asset.price >= level if rises else asset.price <= level
        sentences.append("The condition is still met." if is_met else "The condition is not met any more.")
    return " ".join(sentences)
