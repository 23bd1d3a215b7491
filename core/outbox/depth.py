"""How much waits in the outbox."""

from dataclasses import dataclass
from datetime import datetime

from core.events import SHARDS
from core.outbox import repository
from core.outbox.repository import Waiting
from core.reading import every

COUNTED = 100
"""Rows of one shard that are counted at most."""


@dataclass(frozen=True, slots=True)
class Depth:
    """Events that wait and that were given up, up to 100 of each shard, and when the oldest that waits happened."""

    waiting: int
    oldest: datetime | None
    given_up: int


def depth() -> Depth:
    """The depth now; 9 Queries."""
    waiting = [entry for shard in range(SHARDS) for entry in _first(str(shard))]
    return Depth(
        waiting=len(waiting),
        oldest=min((entry.event.occurred_at for entry in waiting), default=None),
        given_up=len(_first(repository.DEAD)),
    )


def _first(shard: str) -> list[Waiting]:
    return list(map(repository.waiting_from_item, every(repository.waiting_query(shard, limit=COUNTED))))
