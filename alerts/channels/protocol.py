"""What a channel is."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from core.accounts.domain import User


class TransportError(Exception):
    """A message could not be sent. `permanent`: trying again cannot help."""

    def __init__(self, detail: str, *, permanent: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: `message_id` stays the same however often it is sent. `to` is an address of the channel."""

    to: str
    subject: str
    text: str
    message_id: str


Sender = Callable[[Message], str]
"""Sends a message, within a time limit of its own, and returns what the other side said, if anything.

Raises TransportError.
"""


class Channel:
    """A way to notify a user: `name` in rows, settings and the API, `label` on pages.

    `is_always`: whatever users choose, it is among it. `is_usual`: it is used where they have not chosen.
    """

    name: str
    label: str
    is_always = False
    is_usual = False

    def hint(self, user: User) -> str:
        """What pages say to the user beside the channel, as safe HTML."""
        return ""


class OutwardChannel(Channel, ABC):
    """A channel whose messages leave the site, each by a delivery row that is leased, sent and kept.

    `carries_account_mails`: mails about an account, such as the link that resets its password, go out by it.
    """

    carries_account_mails = False

    @abstractmethod
    def address_of(self, user: User) -> str:
        """Where messages to the user go."""

    def obstacle(self, user: User) -> str:
        """Why nothing goes to this user, as a sentence; empty where messages do."""
        return ""

    def waits(self, user: User) -> bool:
        """Whether messages to this user wait until the mail address of the account is proved."""
        return False

    @abstractmethod
    def opened(self) -> AbstractContextManager[Sender]:
        """A sender for some messages, one after the other; what it connects to, it connects to once.

        It opens nothing before the first message. Where the other side cannot be reached at all, it waits for it once
        and not for each message.
        """
