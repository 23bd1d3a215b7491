"""What a user keeps, beside the quotas."""

from dataclasses import dataclass

from core import clock
from core.storage import store
from core.usage.counts import counts_address, counts_from_item
from core.usage.held import held_address, held_from_item, kinds
from core.usage.quotas import Quota, quotas


@dataclass(frozen=True, slots=True)
class Used:
    """One figure: how much of it is kept, and what its quota is."""

    quota: Quota
    used: int

    @property
    def limit(self) -> int:
        """The most there may be."""
        return self.quota.limit()

    @property
    def used_text(self) -> str:
        """The amount as people read it."""
        return self.quota.shown(self.used)

    @property
    def limit_text(self) -> str:
        """The limit as people read it."""
        return self.quota.shown(self.limit)

    @property
    def is_full(self) -> bool:
        """Whether nothing more is let in."""
        return self.used >= self.limit


def usage_of(username: str) -> list[Used]:
    """How much of each figure a user keeps now, in the order of the quotas; 1 request."""
    now = clock.to_seconds(clock.now())
    figures = [kind.figure for kind in kinds()]
    gets = [counts_address(username), *(held_address(username, figure) for figure in figures)]
    counts, *held = store().batch_get(gets, consistent=True)
    used = dict(counts_from_item(counts).folded(now).figures)
    for figure, item in zip(figures, held, strict=True):
        used[figure] = len(held_from_item(username, figure, item).valid(now))
    return [Used(quota, max(0, used.get(figure, 0))) for figure, quota in quotas().items()]
