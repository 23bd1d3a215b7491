"""What is read to decide about an alert, and to word the messages that go out."""

from collections.abc import Sequence
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
from market.selectors import Asset, asset_address, asset_of
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
    """What a message says besides its notification. The rows become values only where they are asked for."""

    user_row: Item | None
    asset_row: Item | None = None
    alert_row: Item | None = None

    @property
    def user(self) -> User | None:
        """Whose it is; None where the account is closed."""
        return None if self.user_row is None else user_from_item(self.user_row)

    @property
    def asset(self) -> Asset | None:
        """The asset of a firing; None for other messages."""
        return None if self.asset_row is None else asset_of(self.asset_row)

    @property
    def alert(self) -> Alert | None:
        """The alert of a firing, if it is still there."""
        return None if self.alert_row is None else alert_from_item(self.alert_row)


def message_snapshots_of(contents: Sequence[Notification | AccountMail]) -> list[MessageSnapshot]:
    """The snapshots for up to 33 notifications and mails about accounts, in their order; one request.

    With such a mail among them it is consistent: a link made from an account of a moment ago would be void.
    """
    addresses = [_addresses_of(content) for content in contents]
    gets = {_key_of(get): get for each in addresses for get in each}
    consistent = any(isinstance(content, AccountMail) for content in contents)
    rows = dict(zip(gets, many(list(gets.values()), consistent=consistent), strict=True))
    return [MessageSnapshot(*(rows[_key_of(get)] for get in each)) for each in addresses]


def _addresses_of(content: Notification | AccountMail) -> list[Get]:
    user = user_address(content.username)
    if isinstance(content, AccountMail) or content.kind is not NotificationKind.ALERT:
        return [user]
    alert_id, _, _ = content.reference.partition(".")
    return [user, asset_address(content.asset_id), alert_address(content.username, alert_id)]


def _key_of(get: Get) -> tuple[object, ...]:
    return get.table.name, *get.key.values()
