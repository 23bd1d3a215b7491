"""A channel that the product does not have: each message is put into a list, for the user by name."""

from collections.abc import Iterator
from contextlib import contextmanager

from alerts.channels import Message, OutwardChannel, Sender
from core.accounts.domain import User


class Pigeonhole(OutwardChannel):
    """See `OutwardChannel`. Every user has one, also without a mailbox."""

    name = "pigeonhole"
    label = "Pigeonhole"

    def __init__(self) -> None:
        self.messages: list[Message] = []

    def address_of(self, user: User) -> str:
        return user.username

    def hint(self, user: User) -> str:
        return f"In the hall, under {user.username}."

    @contextmanager
    def opened(self) -> Iterator[Sender]:
        yield self._put

    def _put(self, message: Message) -> str:
        self.messages.append(message)
        return "put"
