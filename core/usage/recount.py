"""Counting what a user keeps from the rows themselves."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from core.usage.held import Held, kinds
from core.usage.measures import Row, measures, use_of_row
from core.usage.use import Use


@dataclass(frozen=True, slots=True)
class Recount:
    """What the rows of one user come to: the figures, and of what they hold a few of, the ends by figure and id."""

    use: Use
    held: dict[str, dict[str, int]]


def table_names() -> set[str]:
    """The tables whose rows count."""
    return {*measures(), *(kind.table.name for kind in kinds())}


def recounted(rows: Iterable[Row], now: int) -> Recount:
    """What these rows come to at `now`, epoch seconds; those whose time is over are left out, there or not."""
    amounts: Counter[str] = Counter()
    held: dict[str, dict[str, int]] = {kind.figure: {} for kind in kinds()}
    for table, item in rows:
        amounts.update(use_of_row(table, item).amounts)
        for kind in kinds():
            found = kind.of_row(item) if kind.table.name == table.name else None
            if found is not None:
                held[kind.figure][found[0]] = found[1]
    use = Use({name: amount for name, amount in amounts.items() if amount})
    return Recount(use.folded(now), {figure: Held("", figure, ends).valid(now) for figure, ends in held.items()})
