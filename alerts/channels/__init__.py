"""The channels that notify a user, one module or package for each.

To add one, write its package and name its object in `CHANNELS`. Forms, the API, routes and deliveries follow.
"""

from collections.abc import Iterable

from alerts.channels.email import EMAIL
from alerts.channels.in_app import IN_APP
from alerts.channels.protocol import Channel, Message, OutwardChannel, Sender, TransportError

__all__ = [
    "CHANNELS",
    "Channel",
    "Message",
    "OutwardChannel",
    "Sender",
    "TransportError",
    "account_channel",
    "in_order",
    "outward",
]

CHANNELS: dict[str, Channel] = {each.name: each for each in (IN_APP, EMAIL)}
"""By name, in the order in which they are shown. The notification centre is the first."""


def outward() -> dict[str, OutwardChannel]:
    """Those whose messages leave the site."""
    return {name: each for name, each in CHANNELS.items() if isinstance(each, OutwardChannel)}


def account_channel() -> str:
    """The name of the channel that carries mails about accounts to the addresses of accounts."""
    return next(name for name, each in outward().items() if each.carries_account_mails)


def in_order(names: Iterable[str]) -> tuple[str, ...]:
    """The channels of these names, each once, the notification centre always first among them.

    A name that is not a channel, such as that of one of an earlier release, is left out.
    """
    chosen = set(names)
    return tuple(name for name, channel in CHANNELS.items() if channel.is_always or name in chosen)
