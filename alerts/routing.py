"""Which channels notify a user of a fact: decided here alone; events of other apps only carry what users chose."""

from collections.abc import Collection

from alerts.channels import CHANNELS, in_order
from alerts.domain.kinds import NotificationKind


def route(kind: NotificationKind, chosen: Collection[str] = ()) -> tuple[str, ...]:
    """The names of the channels for a fact of this kind, the notification centre always among them.

    `chosen` are those that the user chose where the fact comes from; where there are none, the usual ones.
    """
    return in_order(() if kind.traits.is_quiet else chosen or usual())


def usual() -> tuple[str, ...]:
    """The channels of a user who has not chosen."""
    return in_order(name for name, channel in CHANNELS.items() if channel.is_usual)
