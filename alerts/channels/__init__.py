"""The ways in which a user is told, one module for each kind."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.channels.email import EMAIL
from alerts.channels.in_app import IN_APP
from alerts.channels.protocol import Channel, Message, OutwardChannel, Sender, TransportError
from alerts.domain.terms import ChannelKind

__all__ = ["CHANNELS", "OUTWARD", "Channel", "Message", "OutwardChannel", "Sender", "TransportError", "in_order"]

CHANNELS: dict[ChannelKind, Channel] = {ChannelKind.IN_APP: IN_APP, ChannelKind.EMAIL: EMAIL}
OUTWARD: dict[ChannelKind, OutwardChannel] = {ChannelKind.EMAIL: EMAIL}


def in_order(kinds: Iterable[ChannelKind]) -> tuple[ChannelKind, ...]:
    """These kinds, each once, the notification centre always first among them."""
    chosen = {ChannelKind.IN_APP, *kinds}
    return tuple(kind for kind in ChannelKind if kind in chosen)
