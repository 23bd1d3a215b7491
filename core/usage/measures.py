"""What each row counts, and from that what a transaction adds and what all rows of a user come to."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from core import wiring
from core.storage.operations import Delete, Item, Key, Put, Table, Write
from core.usage.held import Held, kinds
from core.usage.use import Use, kept

NOTHING = Use()
ONE_ROW = kept(rows=1)

Row = tuple[Table, Item]
"""A row as it is stored."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What the rows of one table count.

    of_row: by the whole row. of_key: what a row counts as far as its key shows, for the rows that are deleted without
    a look; Nothing where the key does not show it, and then who deletes such rows hands them to `commit`.
    """

    table: Table
    of_row: Callable[[Item], Use]
    of_key: Callable[[Key], Use] = lambda key: NOTHING


def rows_of(table: Table) -> Measure:
    """Every row of the table counts as one row."""
    return Measure(table, lambda item: ONE_ROW, lambda key: ONE_ROW)


@cache
def measures() -> dict[str, Measure]:
    """Those that the apps list as USAGE_MEASURES, by the name of their table."""
    return {measure.table.name: measure for some in wiring.listed("USAGE_MEASURES") for measure in some}


def use_of_row(table: Table, item: Item) -> Use:
    """What a row counts; nothing where no measure is declared for its table."""
    measure = measures().get(table.name)
    return NOTHING if measure is None else measure.of_row(item)


def use_of_writes(writes: Iterable[Write], was: Sequence[Row] = ()) -> tuple[str, Use]:
    """The user whose rows a transaction makes and deletes, and what it adds to what they take up.

    `was`: rows as they are stored that it replaces or deletes, where more than their key must be known. The user is
    empty where nothing changes. Raises ValueError for rows of two users.
    """
    by_user: dict[str, Use] = {}

    def add(username: str, use: Use) -> None:
        if use.amounts:
            by_user[username] = by_user.get(username, NOTHING) + use

    known = {_address(table, item) for table, item in was}
    for table, item in was:
        add(item["username"], -use_of_row(table, item))
    for write in writes:
        measure = measures().get(write.table.name)
        if measure is None:
            continue
        if isinstance(write, Put) and (write.is_insert or _address(write.table, write.item) in known):
            add(write.item["username"], measure.of_row(write.item))
        elif isinstance(write, Delete) and _address(write.table, write.key) not in known:
            add(write.key.get("username", ""), -measure.of_key(write.key))
    changed = {username: use for username, use in by_user.items() if use.amounts}
    if len(changed) > 1:
        raise ValueError(f"one transaction changes what {sorted(changed)} take up")
    return next(iter(changed.items()), ("", NOTHING))


@dataclass(frozen=True, slots=True)
class Recount:
    """What the rows of one user come to: the figures, and of what they hold a few of, the ends by figure and id."""

    use: Use
    held: dict[str, dict[str, int]]


def table_names() -> set[str]:
    """The tables whose rows count."""
    return {*measures(), *(kind.table.name for kind in kinds())}


def recounted(rows: Iterable[Row], now: int) -> Recount:
    """What these rows come to at `now`, epoch seconds, without those that have expired."""
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


def _address(table: Table, item: Key) -> tuple[str, ...]:
    return (table.name, *(str(item[name]) for name in table.key_names))
