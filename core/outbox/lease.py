"""The lease by which one dispatcher at a time works a shard."""

from contextlib import suppress
from datetime import timedelta

from core import clock, ids
from core.outbox import repository
from core.storage import ConditionFailed, store

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
        try:
            store().write(repository.lease_change(self.shard, holder=self._holder, now=now, until=now + LASTS))
        except ConditionFailed:
            return False
        self._taken_at = now
        return True

    def holds(self) -> bool:
        """Whether the shard is still this dispatcher's; prolongs the lease when a third of it is over."""
        return clock.now() - self._taken_at < LASTS / 3 or self.take()

    def give_back(self) -> None:
        """Let the next dispatcher in at once; nothing happens when the lease is no longer this one's."""
        with suppress(ConditionFailed):
            store().write(repository.lease_delete(self.shard, holder=self._holder))
