"""What is announced, as it travels between processes and out to clients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from core import clock, money

Message = dict[str, Any]
"""JSON as a client gets it, or as one process sends it to another."""

USERS_IN_A_BATCH = 500


@dataclass(frozen=True, slots=True)
class Price:
    """The latest price of an asset in the base currency, when it was (on the feed's clock), and its feed."""

    asset_id: str
    price: Decimal
    at: datetime
    source: str

    def message(self) -> Message:
        """What a client gets; times are text of one width, so that later is greater."""
        return {
            "type": "price",
            "asset_id": self.asset_id,
            "price": money.plain(self.price),
            "at": clock.to_text(self.at),
            "source": self.source,
        }


@dataclass(slots=True)
class Pending:
    """What was announced and not sent yet: of each asset and each user the latest alone.

    `prices` are messages by asset id, `events` notification ids by username, `rechecks` the usernames whose sign-in may
    have ended.
    """

    prices: dict[str, Message] = field(default_factory=dict)
    events: dict[str, str] = field(default_factory=dict)
    rechecks: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.prices or self.events or self.rechecks)

    def add(self, later: Pending) -> None:
        """Take in what was announced later."""
        self.prices |= later.prices
        self.events |= later.events
        self.rechecks |= later.rechecks

    def batches(self) -> Iterator[Message]:
        """The same in messages of a bounded size, for the layer between processes; `Hub.deliver` reads them.

        Their names stay as they are: processes of two releases talk to each other while one replaces the other.
        """
        if self.prices:
            yield {"type": "news", "prices": list(self.prices.values())}
        events = list(self.events.items())
        for start in range(0, len(events), USERS_IN_A_BATCH):
            yield {"type": "news", "events": dict(events[start : start + USERS_IN_A_BATCH])}
        if self.rechecks:
            yield {"type": "news", "doubts": sorted(self.rechecks)}
