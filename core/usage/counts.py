"""The row `counts` of a user: how much is kept of each figure, changed in the transaction of what it counts."""

from collections.abc import Mapping
from datetime import timedelta
from functools import reduce
from operator import and_

from core.storage.operations import Attr, Change, ConditionBase, Delete, Get, Item, Put, Update
from core.tables import USAGE
from core.usage.use import Use

ENTRY = "counts"
LABEL = "usage"
FOLDED_AFTER = int(timedelta(days=60).total_seconds())
"""How long expired parts may wait to be taken out of their figures, so that the row stays small."""
_NAMES = ("username", "entry", "fold_by")


def counts_address(username: str) -> Get:
    """Where the row is."""
    return Get(USAGE, {"username": username, "entry": ENTRY})


def counts_from_item(item: Item | None) -> Use:
    """What the row says; nothing where there is none yet."""
    found = {} if item is None else item
    return Use({name: int(amount) for name, amount in found.items() if name not in _NAMES and amount})


def counts_put(username: str, use: Use, now: int) -> Put:
    """Write the whole row, as it was counted at `now`, epoch seconds."""
    fold_by = {"fold_by": now + FOLDED_AFTER} if use.lapses else {}
    return Put(USAGE, {"username": username, "entry": ENTRY, **use.amounts, **fold_by}, label=LABEL)


def counts_delete(username: str) -> Delete:
    """Delete the row."""
    return Delete(USAGE, counts_address(username).key)


def counts_change(username: str, use: Use, limits: Mapping[str, int], now: int) -> Change:
    """Add what a transaction makes and deletes; no look at the row is needed.

    Fails (label `usage`) where a figure that grows would be above its limit, and where expired parts have waited too
    long. What only deletes is always written. Makes the row where there is none.
    """
    conditions: list[ConditionBase] = [
        Attr(figure).not_exists() | Attr(figure).lte(limits[figure] - amount)
        for figure, amount in use.figures.items()
        if amount > 0 and figure in limits
    ]
    fold_by = {}
    if use.lapses:
        conditions.append(Attr("fold_by").not_exists() | Attr("fold_by").gt(now))
        fold_by = {"fold_by": now + FOLDED_AFTER}
    condition = reduce(and_, conditions) if conditions else None
    update = Update(add=use.amounts, set_if_absent=fold_by)
    return Change(USAGE, counts_address(username).key, update, condition, LABEL)


def counts_fold(username: str, item: Item | None, now: int) -> Change | None:
    """Take expired parts out of the figures, once and exactly; None where the row has none.

    Fails (label `usage`) where a part is not as it was read, so that two at once do it once.
    """
    if item is None:
        return None
    use = counts_from_item(item)
    over = use.lapsed(now)
    if not over.amounts and int(item.get("fold_by", now + 1)) > now:
        return None
    return Change(USAGE, counts_address(username).key, _fold(use, use.folded(now), now), _as_read(item, over), LABEL)


def _fold(use: Use, folded: Use, now: int) -> Update:
    less = (folded - use).figures
    gone = tuple(use.lapsed(now).amounts)
    if folded.lapses:
        return Update(add=less, remove=gone, set={"fold_by": now + FOLDED_AFTER})
    return Update(add=less, remove=(*gone, "fold_by"))


def _as_read(item: Item, over: Use) -> ConditionBase:
    first = Attr("fold_by").eq(item["fold_by"]) if "fold_by" in item else Attr("entry").exists()
    return reduce(and_, (Attr(name).eq(amount) for name, amount in over.amounts.items()), first)
