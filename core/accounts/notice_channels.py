"""The channels that notify users, as the app that does it offers them to those that let users choose among them."""

from collections.abc import Collection, Mapping
from typing import Protocol

from core import wiring
from core.accounts.domain import User
from core.errors import InvalidInput


class NoticeChannel(Protocol):
    """A way to notify a user: `name` in rows, `label` on pages; see `alerts.channels.Channel`."""

    name: str
    label: str
    is_always: bool
    is_usual: bool

    def hint(self, user: User) -> str:
        """What pages say to the user beside the channel, as safe HTML."""


def notice_channels() -> Mapping[str, NoticeChannel]:
    """All channels by name, in the order in which they are shown: `NOTICE_CHANNELS` of the wiring module."""
    channels: Mapping[str, NoticeChannel]
    (channels,) = wiring.listed("NOTICE_CHANNELS")
    return channels


def checked_channels(names: Collection[str]) -> tuple[str, ...]:
    """The names in their order. Raises InvalidInput for an unknown one, and where one is missing that is always on."""
    channels = notice_channels()
    if not set(names) <= channels.keys():
        raise InvalidInput({"channels": [f"Choose from {', '.join(channels)}."]})
    for name, channel in channels.items():
        if channel.is_always and name not in names:
            raise InvalidInput({"channels": [f"{name} is always among the channels; add it."]})
    return tuple(name for name in channels if name in names)
