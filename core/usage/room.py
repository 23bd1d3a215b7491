"""Counting a transaction, and what is done where there is no room for it."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from core import clock
from core.reading import row
from core.storage import Change, TransactionCancelled, Write, store
from core.usage.counts import counts_address, counts_change, counts_fold, counts_from_item
from core.usage.measures import Row, use_of_writes
from core.usage.quotas import quotas
from core.usage.use import Use


def usage_write(
    writes: Iterable[Write], was: Sequence[Row] = (), *, is_limited: bool = True
) -> tuple[list[Change], str, Use]:
    """The write that counts what these make and delete, none where that is nothing; the user, and the use.

    `was`: see `use_of_writes`. is_limited False: counted beyond the limit too. Raises Refused for what even an empty
    account has no room for.
    """
    username, use = use_of_writes(writes, was)
    if not username:
        return [], username, use
    limits = _limits(use) if is_limited else {}
    _check(use, Use(), limits)
    return [counts_change(username, use, limits, clock.to_seconds(clock.now()))], username, use


def fold(username: str) -> Use:
    """Take expired parts out of the figures; what is kept then. 1 request, or 2 and more."""
    while True:
        now = clock.to_seconds(clock.now())
        item = row(counts_address(username))
        use = counts_from_item(item)
        change = counts_fold(username, item, now)
        if change is None:
            return use
        with suppress(TransactionCancelled):
            store().transact_write([change])  # a transaction, so that a lost answer is asked for again
            return use.folded(now)


def make_room(username: str, use: Use, *, is_limited: bool = True) -> None:
    """Fold, after which the same write may be tried again. Raises Refused where that is not enough."""
    _check(use, fold(username), _limits(use) if is_limited else {})


def _limits(use: Use) -> dict[str, int]:
    return {figure: quotas()[figure].limit() for figure, amount in use.figures.items() if amount > 0}


def _check(use: Use, there: Use, limits: dict[str, int]) -> None:
    for figure, limit in limits.items():
        if there.amounts.get(figure, 0) + use.amounts[figure] > limit:
            raise quotas()[figure].refused()
