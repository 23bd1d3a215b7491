"""Deliveries as rows of the Notifications table."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from alerts.domain.notification import Attempt, Delivery, DeliveryStatus, MailWords, Notification
from alerts.repositories import notifications
from alerts.tables import NOTIFICATIONS
from core import clock
from core.accounts.mails import AccountMail, MailKind
from core.storage.operations import Attr, Get, Item, KeyCondition, Put, Query

DELIVERY = "DELIVERY#"
DUE = "due#0"
"""The partition of what is due; the number is there so that it can be split."""
ACCOUNT = "account"
"""The kind of a delivery that is a mail about an account; the others have the kinds of notifications."""
KEPT = timedelta(days=90)
"""How long a delivery that has ended is kept. Notifications and the history of alerts stay."""
WAITS = timedelta(days=7)
"""How long a notice is worth sending that waits for its user to prove the address."""


def notification_puts(notification: Notification, channels: Iterable[str]) -> list[Put]:
    """Write a notification, and for each of these outward channels, named once, a delivery that is due at once."""
    due_at = notification.created_at
    return [
        notifications.notification_put(notification),
        *(delivery_put(Delivery(notification, name, DeliveryStatus.QUEUED, due_at)) for name in channels),
    ]


def delivery_put(delivery: Delivery) -> Put:
    """Write a new delivery (label `delivery`)."""
    return Put(NOTIFICATIONS, _to_item(delivery), Attr("entry").not_exists(), "delivery")


def delivery_change(before: Delivery, after: Delivery) -> Put:
    """Write a delivery if it is still as it was read (label `delivery`)."""
    unchanged = Attr("status").eq(before.status.value) & Attr("due_at").eq(clock.to_text(before.due_at))
    if before.lease:
        unchanged &= Attr("lease").eq(before.lease)
    return Put(NOTIFICATIONS, _to_item(after), unchanged, "delivery")


def delivery_address(username: str, notification_id: str, channel: str) -> Get:
    """Where the delivery of a notification by a channel is."""
    return Get(NOTIFICATIONS, {"username": username, "entry": _entry(notification_id, channel)})


def due_query(until: datetime | None, limit: int) -> Query:
    """Deliveries due by then, or all that are due or will be, the longest waiting first. May lag."""
    due = KeyCondition("due").eq(DUE)
    where = due if until is None else due & KeyCondition("due_at").lte(clock.to_text(until))
    return Query(NOTIFICATIONS, where, index="DueIndex", limit=limit)


def deliveries_query(username: str) -> Query:
    """All deliveries to a user, oldest first."""
    where = KeyCondition("username").eq(username) & KeyCondition("entry").begins_with(DELIVERY)
    return Query(NOTIFICATIONS, where, consistent=True)


def waiting_query(username: str) -> Query:
    """Those that wait for the user to prove the address, oldest first."""
    return replace(deliveries_query(username), filter=Attr("status").eq(DeliveryStatus.WAITING.value))


def delivery_from_item(item: Item) -> Delivery:
    """The delivery that a row holds."""
    return Delivery(
        content=_mail_from_item(item) if item["kind"] == ACCOUNT else _notification_from_item(item),
        channel=item["channel"],
        status=DeliveryStatus(item["status"]),
        due_at=clock.from_text(item["due_at"]),
        lease=item.get("lease", ""),
        attempts=tuple(
            Attempt(
                at=clock.from_text(attempt["at"]),
                outcome=DeliveryStatus(attempt["outcome"]),
                milliseconds=int(attempt["milliseconds"]),
                detail=attempt.get("detail", ""),
            )
            for attempt in item.get("attempts", ())
        ),
    )


def _to_item(delivery: Delivery) -> Item:
    item = _content_item(delivery.content) | {
        "entry": _entry(delivery.content_id, delivery.channel),
        "channel": delivery.channel,
        "status": delivery.status.value,
        "due_at": clock.to_text(delivery.due_at),
        "attempts": [_attempt_item(attempt) for attempt in delivery.attempts],
    }
    if delivery.lease:
        item["lease"] = delivery.lease
    if delivery.status is DeliveryStatus.WAITING:
        return item | {"ttl": clock.to_seconds(delivery.content.created_at + KEPT)}
    if not delivery.status.is_final:
        return item | {"due": DUE}
    ended_at = delivery.attempts[-1].at if delivery.attempts else delivery.due_at
    return item | {"ttl": clock.to_seconds(ended_at + KEPT)}


def _content_item(content: Notification | AccountMail) -> Item:
    if isinstance(content, Notification):
        mail = {} if content.mail is None else {"subject": content.mail.subject, "body": content.mail.body}
        return notifications.notification_item(content) | mail
    return {
        "username": content.username,
        "notification_id": content.mail_id,
        "kind": ACCOUNT,
        "about": content.kind.value,
        "address": content.address,
        "credential_version": content.credential_version,
        "created_at": clock.to_text(content.created_at),
        "expires_at": clock.to_text(content.expires_at),
        "reference": content.reference,
    }


def _notification_from_item(item: Item) -> Notification:
    """One of an earlier release has no subject, and may have words of the user in its title."""
    mail = MailWords(item["subject"], item["body"]) if "subject" in item else None
    return replace(notifications.notification_from_item(item), mail=mail)


def _mail_from_item(item: Item) -> AccountMail:
    return AccountMail(
        kind=MailKind(item["about"]),
        username=item["username"],
        mail_id=item["notification_id"],
        address=item["address"],
        credential_version=int(item["credential_version"]),
        created_at=clock.from_text(item["created_at"]),
        expires_at=clock.from_text(item["expires_at"]),
        reference=item["reference"],
    )


def _attempt_item(attempt: Attempt) -> Item:
    item: Item = {
        "at": clock.to_text(attempt.at),
        "outcome": attempt.outcome.value,
        "milliseconds": attempt.milliseconds,
    }
    return item | {"detail": attempt.detail} if attempt.detail else item


def _entry(notification_id: str, channel: str) -> str:
    return f"{DELIVERY}{notification_id}#{channel}"
