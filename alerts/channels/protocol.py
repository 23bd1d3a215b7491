"""What a channel is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


class TransportError(Exception):
    """A message could not be sent. `permanent`: trying again cannot help."""

    def __init__(self, detail: str, *, permanent: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: `message_id` stays the same however often it is sent. `to` is a mail address."""

    to: str
    subject: str
    text: str
    message_id: str


Sender = Callable[[Message], str]
"""Sends a message, within a time limit of its own, and returns what the other side said, if anything.

Raises TransportError.
"""


class Channel(Protocol):
    """A way to notify a user. `label` is its name on pages."""

    label: str


class OutwardChannel(Channel, Protocol):
    """A channel whose messages leave the site, each by a delivery row that is leased, sent and kept."""

    def opened(self) -> AbstractContextManager[Sender]:
        """A sender for some messages, one after the other; what it connects to, it connects to once.

        It opens nothing before the first message. Where the other side cannot be reached at all, it waits for it once
        and not for each message.
        """
