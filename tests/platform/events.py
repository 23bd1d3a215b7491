"""Events and handlers for tests of the outbox."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import time_machine

from core import outbox
from core.events import Event, event_put, shard_of
from core.outbox.dispatcher import HandlersOf
from core.storage import store


class Killed(BaseException):
    """Ends a dispatcher as a kill does: nothing catches it."""


@dataclass
class Recorder:
    """A handler that keeps what it was given; `before` runs first and may raise."""

    before: Callable[[Event], None] = lambda event: None
    handled: list[Event] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        self.before(event)
        self.handled.append(event)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the events, in the order handled."""
        return [int(event.payload["number"]) for event in self.handled]


def only(*handlers: Callable[[Event], None]) -> HandlersOf:
    """These handlers for every event."""
    return lambda name: handlers


def happen(username: str, *numbers: int) -> list[Event]:
    """Events of one user, one after the other."""
    events = [Event("tests.happened", username, {"number": number}) for number in numbers]
    for event in events:
        store().transact_write([event_put(event)])
    return events


def two_of_one_shard() -> tuple[str, str]:
    """Two users whose events go through the same shard."""
    first = "user0"
    return first, next(name for n in range(1, 1000) if shard_of(name := f"user{n}") == shard_of(first))


def fail(event: Event) -> None:
    """A handler that never succeeds."""
    raise ValueError("no such thing")


def give_up(username: str, clock: time_machine.Traveller) -> Event:
    """An event of the user that failed as often as may be."""
    [event] = happen(username, 1)
    for _ in range(outbox.MOST_FAILURES):
        outbox.dispatch(shard_of(username), only(fail))
        clock.shift(timedelta(minutes=10))
    return event
