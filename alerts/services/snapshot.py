"""What is read to decide about an alert, and to word the messages that go out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alerts.domain.alert import SUBSCRIBER, Alert, Fired
from alerts.domain.kinds import NotificationKind
from alerts.domain.notification import Notification
from alerts.repositories.alerts import alert_address, alert_from_item
from core.accounts.domain import User
from core.accounts.mails import AccountMail
from core.accounts.repositories.users import user_address, user_from_item
from core.reading import many
from core.storage import Get, Item, Write
from market.selectors import Asset, asset_address, asset_from_item
from market.triggers.arming import Baseline, baseline_of
from market.triggers.partitions import Partition


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where the series of an asset is, from which an alert on it begins; `stored` is the alert of a new one's id."""

    baseline: Baseline
    stored: Alert | None = None

    def begin(self, alert: Alert, now: datetime, *, fire_if_true: bool) -> Fired:
        """The alert as it begins here: its expiry on the clock of the feed, and nothing left of an end before.

        Where its condition is met already it fires if that is asked for, else it waits.
        """
        ends = self.baseline.market_time(alert.terms.expires_at)
        alert = replace(alert, ended_by=None, market_expires_at=ends)
        watch, firing = self.baseline.begin(alert.judged, fire_if_true=fire_if_true)
        return alert.fire(watch, firing, now)

    def arm(self, before: Partition | None, alert: Alert) -> Write:
        """The write that counts the alert where it is armed now; `before` is where it was."""
        return self.baseline.arm(SUBSCRIBER, before, alert.partition)


def snapshot_of(asset_id: str, new: Get | None = None) -> Snapshot:
    """The snapshot for an alert on an asset; `new` is where the row of one would be that is not set yet.

    One request; more where the engine has to take in prices first. Raises as `market.triggers.arming.baseline_of`.
    """
    baseline, found = baseline_of(asset_id, *([] if new is None else [new]))
    items = [item for item in found if item is not None]
    return Snapshot(baseline, alert_from_item(items[0]) if items else None)


@dataclass(frozen=True, slots=True)
class MessageSnapshot:
    """What messages say besides their notifications: rows by the kind and the key of what they are about."""

    rows: Mapping[tuple[str, ...], Item | None]

    def user_of(self, content: Notification | AccountMail) -> User | None:
        """Whose it is; None where the account is closed."""
        item = self.rows[_user_of(content)]
        return None if item is None else user_from_item(item)

    def asset_of(self, notification: Notification) -> Asset | None:
        """The asset of the alert that fired, if it is one that did."""
        item = self.rows.get(_asset_of(notification))
        return None if item is None else asset_from_item(item)

    def alert_of(self, notification: Notification) -> Alert | None:
        """The alert that fired, if it is still there."""
        item = self.rows.get(_alert_of(notification))
        return None if item is None else alert_from_item(item)


def message_snapshot_of(contents: Sequence[Notification | AccountMail]) -> MessageSnapshot:
    """The snapshot for the messages of up to 33 notifications and mails about accounts; one request.

    With such a mail among them it is consistent: a link made from an account of a moment ago would be void.
    """
    gets: dict[tuple[str, ...], Get] = {}
    for content in contents:
        gets[_user_of(content)] = user_address(content.username)
        if isinstance(content, Notification) and content.kind is NotificationKind.ALERT:
            gets[_asset_of(content)] = asset_address(content.asset_id)
            gets[_alert_of(content)] = alert_address(content.username, _alert_id_of(content))
    consistent = any(isinstance(content, AccountMail) for content in contents)
    return MessageSnapshot(dict(zip(gets, many(list(gets.values()), consistent=consistent), strict=True)))


def _user_of(content: Notification | AccountMail) -> tuple[str, ...]:
    return "user", content.username


def _asset_of(notification: Notification) -> tuple[str, ...]:
    return "asset", notification.asset_id


def _alert_of(notification: Notification) -> tuple[str, ...]:
    return "alert", notification.username, _alert_id_of(notification)


def _alert_id_of(notification: Notification) -> str:
    return notification.reference.partition(".")[0]
