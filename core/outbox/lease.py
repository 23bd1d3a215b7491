"""The lease by which one dispatcher at a time works a shard."""

from __future__ import annotations

from datetime import timedelta

from core import clock, ids
from core.outbox import repository

LASTS = timedelta(seconds=30)
"""How long a dispatcher that was killed keeps its shard; longer than any handler's own timeouts."""


class Lease:
    """The right to work one shard, prolonged while the work goes on."""

    def __init__(self, shard: str) -> None:
        self.shard = shard
        self._holder = ids.new_id()
        self._taken_at = clock.now()

    def take(self) -> bool:
        """Whether the shard is now this dispatcher's."""
        now = clock.now()
        taken = repository.take_lease(self.shard, holder=self._holder, lasts=LASTS)
        if taken:
            self._taken_at = now
        return taken

    def holds(self) -> bool:
        """Whether the shard is still this dispatcher's; prolongs the lease when a third of it is over."""
        return clock.now() - self._taken_at < LASTS / 3 or self.take()

    def give_back(self) -> None:
        """Let the next dispatcher in at once."""
        repository.give_lease_back(self.shard, holder=self._holder)
